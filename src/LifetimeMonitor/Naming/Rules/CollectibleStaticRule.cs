using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// The statics of a collectible assembly, including thread statics: its loader allocator holds them, so they die
/// with it.
/// </summary>
internal sealed class CollectibleStaticRule(ThreadFormatter threads, CancellationToken stop) : IReferenceRule
{
    private const string LoaderAllocator = "System.Reflection.LoaderAllocator";

    public ReferenceWords? Name(PathCursor path, int at)
    {
        if (at + 2 >= path.Last
            || path.TypeOf(at)?.Definition != LoaderAllocator
            || path.Reference(at).Text != "m_slots")
            return null;
        (ulong table, ulong held) = (path.Objects[at + 2], path.Objects[at + 3]);
        ulong slot = table + (ulong)path.Heap.OffsetOf(table, held);
        HeapRoot? ofThread = path.Heap.ThreadStaticOfCollectible(table, slot, held);
        string kind = ofThread is null ? "static field" : "[ThreadStatic]";
        string where = ofThread is null ? "" : $" on {threads.Of(ofThread.ThreadId)}";
        ReferenceFacts facts =
            path.Heap.StaticFieldOf(ofThread ?? new HeapRoot(RootKind.StaticField, slot, held), stop) is { } field
                ? new ReferenceFacts
                {
                    DeclaringType = TypeNames.FromRuntimeName(field.DeclaringType.RuntimeName),
                    Member = FieldNames.Of(field.Name),
                }
                : ReferenceFacts.None;
        string name = facts.Member is null
            ? "of a collectible type (which one is not known)"
            : $"{facts.DeclaringType}.{facts.Member}";
        return new ReferenceWords($"{kind} {name}{where}", 3, ReferenceKind.Field) { Facts = facts };
    }
}
