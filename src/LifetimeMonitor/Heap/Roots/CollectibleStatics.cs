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
    private const int HeaderSize = 8;
    private static readonly FieldInfo? s_slots = SlotsOfLoaderAllocator();
    private readonly Dictionary<ulong, HeapRoot> _tables = [];
    private readonly List<ulong> _rooted = [];

    public void AddTable(HeapRoot table) => _tables[table.Object] = table;

    /// <summary>Notes what a strong handle holds.</summary>
    public void AddRooted(ulong target, ReadMemory read)
    {
        // By its method table: to tell the type's name, ClrMD copies all metadata of its module.
        if (s_slots is not null && read.TryRead(target, out ulong methodTable) && methodTable == (ulong)s_slots.DeclaringType!.TypeHandle.Value) _rooted.Add(target);
    }

    /// <summary>The tables that a loader allocator holds which is a root.</summary>
    public IEnumerable<HeapRoot> RootedTables(ReadMemory read)
    {
        if (s_slots is null || _tables.Count == 0 || !FieldLayout.IsKnown) yield break;
        ulong field = HeaderSize + (ulong)FieldLayout.Of(s_slots).Offset;
        foreach (ulong allocator in _rooted)
        {
            if (!read.TryRead(allocator + field, out ulong slots) || slots == 0) continue;
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
