using LifetimeMonitor.Heap.Roots;
using LifetimeMonitor.Naming.Compiler;

namespace LifetimeMonitor.Naming.Rules;

/// <summary>The statics of a collectible assembly, also those of each thread: its loader allocator holds them, so they die with it.</summary>
internal sealed class CollectibleStaticRule(ThreadWords threads, CancellationToken stop) : IReferenceRule
{
    private const string LoaderAllocator = "System.Reflection.LoaderAllocator";

    public ReferenceWords? Name(RawPath path, int at)
    {
        if (at + 2 >= path.Last || path.TypeOf(at)?.Definition != LoaderAllocator || path.Reference(at).Text != "m_slots") return null;
        (ulong table, ulong held) = (path.Objects[at + 2], path.Objects[at + 3]);
        ulong slot = table + (ulong)path.Heap.OffsetOf(table, held);
        HeapRoot? ofThread = path.Heap.ThreadStaticOfCollectible(table, slot, held);
        string kind = ofThread is null ? "static field" : "[ThreadStatic]";
        string where = ofThread is null ? "" : $" on {threads.Of(ofThread.ThreadId)}";
        string name = path.Heap.StaticFieldOf(ofThread ?? new HeapRoot(RootKind.StaticField, slot, held), stop) is { } field
            ? $"{TypeNames.FromRuntimeName(field.DeclaringType.RuntimeName)}.{FieldNames.Of(field.Name)}"
            : "of a collectible type (which one is not known)";
        return new ReferenceWords($"{kind} {name}{where}", 3, ReferenceNature.Field);
    }
}
