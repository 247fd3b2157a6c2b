using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>
/// The tables of static fields of collectible types. Their handles are weak; the loader allocator holds them
/// (LoaderAllocator.cs in dotnet/runtime). So they are roots, like other statics, as long as the loader allocator is a
/// root, which is until its context is unloaded.
/// </summary>
internal sealed class CollectibleStatics
{
    private static readonly InternalField s_slots = new(FrameworkFields.LoaderAllocatorSlots());
    private readonly Dictionary<ulong, HeapRoot> _tables = [];
    private readonly List<ulong> _rooted = [];

    /// <summary>There are tables, but this framework does not show where loader allocators hold them.</summary>
    public bool AreLost => _tables.Count > 0 && !s_slots.IsReadable();

    public void AddTable(HeapRoot table) => _tables[table.Object] = table;

    /// <summary>Adds the target of a strong handle.</summary>
    public void AddRooted(ulong target, ReadMemory read)
    {
        if (s_slots.IsIn(target, read)) _rooted.Add(target);
    }

    /// <summary>The tables that a rooted loader allocator holds.</summary>
    public IEnumerable<HeapRoot> RootedTables(ReadMemory read)
    {
        if (_tables.Count == 0) yield break;
        foreach (ulong allocator in _rooted)
        {
            if (!s_slots.TryRead(allocator, read, out ulong slots) || slots == 0) continue;
            foreach (HeapRoot slot in StaticRoots.Elements(RootKind.StaticField, slots, threadId: 0, read))
            {
                if (_tables.TryGetValue(slot.Object, out HeapRoot? table)) yield return table;
            }
        }
    }
}
