using LifetimeMonitor.Heap.Types;

namespace LifetimeMonitor.Heap;

/// <summary>A value in the snapshot, wherever it lies: in a field, in an element, in a struct.</summary>
/// <param name="Heap">The snapshot.</param>
/// <param name="Address">Where it lies.</param>
/// <param name="DeclaredType">The type of the place, when it is known.</param>
/// <param name="IsReference">The place holds a reference.</param>
internal sealed record HeapValue(SnapshotHeap Heap, ulong Address, HeapType? DeclaredType, bool IsReference)
{
    /// <summary>The object referred to, or null.</summary>
    public HeapObject? Target => IsReference && Heap.TryRead(Address, out ulong target) && target != 0 ? Heap.ObjectAt(target) : null;

    /// <summary>A field of the struct that lies here, or null.</summary>
    public HeapValue? Field(string name)
    {
        const int HeaderSize = 8; // places count from the start of a boxed one
        return !IsReference && DeclaredType?.Place(name) is { } place
            ? Heap.ValueAt(Address + (ulong)(place.Offset - HeaderSize), place.Type, place.IsReference)
            : null;
    }

    public bool TryRead<T>(out T value)
        where T : unmanaged => Heap.TryRead(Address, out value);
}
