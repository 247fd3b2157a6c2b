using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>
/// The tables of static fields of collectible types. Their handles are weak; the loader allocator holds them
/// (LoaderAllocator.cs in dotnet/runtime). So they are roots, like other statics, as long as the loader allocator is a
/// root, which is until its context is unloaded.
/// </summary>
internal sealed class CollectibleStatics
{
    private static readonly InternalField s_slots = new(SlotsOfLoaderAllocator());
    private readonly Dictionary<ulong, HeapRoot> _tables = [];
    private readonly List<ulong> _rooted = [];

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

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A field that was trimmed is in no object.")]
    private static FieldInfo? SlotsOfLoaderAllocator() =>
        Type.GetType("System.Reflection.LoaderAllocator, System.Private.CoreLib")
            ?.GetField("m_slots", BindingFlags.Instance | BindingFlags.NonPublic);
}
