using LifetimeMonitor.Heap.Roots;
using LifetimeMonitor.Naming.Compiler;

namespace LifetimeMonitor.Naming.Rules;

/// <summary>The statics of a collectible assembly: its loader allocator holds them, so they die with it.</summary>
internal sealed class CollectibleStaticRule(CancellationToken stop) : IReferenceRule
{
    private const string LoaderAllocator = "System.Reflection.LoaderAllocator";

    public ReferenceWords? Name(RawPath path, int at)
    {
        if (at + 2 >= path.Last || path.TypeOf(at)?.Definition != LoaderAllocator || path.Reference(at).Text != "m_slots") return null;
        ulong table = path.Objects[at + 2];
        long offset = path.Heap.OffsetOf(table, path.Objects[at + 3]);
        var root = new HeapRoot(RootKind.StaticField, table + (ulong)offset, path.Objects[at + 3]);
        return path.Heap.StaticFieldOf(root, stop) is { } field
            ? new ReferenceWords($"static field {TypeNames.FromRuntimeName(field.DeclaringType.RuntimeName)}.{FieldNames.Of(field.Name)}", 3, ReferenceNature.Field)
            : new ReferenceWords("static field of a collectible type (which one is not known)", 3, ReferenceNature.Field);
    }
}
