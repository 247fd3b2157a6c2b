using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using LifetimeMonitor.Heap.Types;

namespace LifetimeMonitor.Heap.Roots;

/// <summary>
/// The tables of the static fields of collectible types. Their handles are weak: it is the loader allocator that holds them (LoaderAllocator.cs
/// in dotnet/runtime), so they are roots as other statics are while that one is, which is until its context is unloaded; and then no more.
/// </summary>
internal sealed class CollectibleStatics
{
    private static readonly InternalField s_slots = new(SlotsOfLoaderAllocator());
    private readonly Dictionary<ulong, HeapRoot> _tables = [];
    private readonly List<ulong> _rooted = [];

    public void AddTable(HeapRoot table) => _tables[table.Object] = table;

    /// <summary>Notes what a strong handle holds.</summary>
    public void AddRooted(ulong target, ReadMemory read)
    {
        if (s_slots.IsIn(target, read)) _rooted.Add(target);
    }

    /// <summary>The tables that a loader allocator holds which is a root.</summary>
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

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A field that was trimmed is in no object.")]
    private static FieldInfo? SlotsOfLoaderAllocator() =>
        Type.GetType("System.Reflection.LoaderAllocator, System.Private.CoreLib")?.GetField("m_slots", BindingFlags.Instance | BindingFlags.NonPublic);
}
