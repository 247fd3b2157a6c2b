using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Heap;

/// <summary>A value in the snapshot, in a field, an element or a struct.</summary>
/// <param name="Heap">The snapshot.</param>
/// <param name="Address">Its address.</param>
/// <param name="DeclaredType">The declared type of the field or element, if it is known.</param>
/// <param name="IsReference">The value is a reference.</param>
internal sealed record HeapValue(SnapshotHeap Heap, ulong Address, HeapType? DeclaredType, bool IsReference)
{
    /// <summary>The object referred to, or null.</summary>
    public HeapObject? Target =>
        IsReference && Heap.TryRead(Address, out ulong target) && target != 0 ? Heap.ObjectAt(target) : null;

    /// <summary>A field of the struct at this address, or null.</summary>
    public HeapValue? Field(string name)
    {
        // Offsets count from the start of a boxed struct.
        return !IsReference && DeclaredType?.Place(name) is { } place
            ? Heap.ValueAt(
                Address + (ulong)(place.Offset - ObjectLayout.MethodTableSize), place.Type, place.IsReference)
            : null;
    }

    public bool TryRead<T>(out T value)
        where T : unmanaged => Heap.TryRead(Address, out value);
}
