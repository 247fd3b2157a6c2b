using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Heap;

/// <summary>An object of the snapshot and the values of its fields. Reading it runs no code of the program.</summary>
internal sealed class HeapObject(SnapshotHeap heap, ulong address, HeapType type)
{
    public ulong Address => address;

    public HeapType Type => type;

    /// <summary>The object a field refers to, or null.</summary>
    public HeapObject? Reference(string field) => type.Place(field) is { IsReference: true } place
        && heap.TryRead(address + (ulong)place.Offset, out ulong target) && target != 0 ? heap.ObjectAt(target) : null;

    /// <summary>The value of a numeric field, or null.</summary>
    public T? Number<T>(string field)
        where T : unmanaged =>
        type.Place(field) is { IsReference: false } place && heap.TryRead(address + (ulong)place.Offset, out T value)
            ? value
            : null;

    /// <summary>The value of a field, or null when there is no such field.</summary>
    public HeapValue? Value(string field) => type.Place(field) is { } place
        ? heap.ValueAt(address + (ulong)place.Offset, place.Type, place.IsReference)
        : null;

    /// <summary>The class or struct of a type handle, or null for another handle.</summary>
    public HeapType? TypeOfHandle(ulong handle) => heap.TypeOfHandle(handle);

    /// <summary>The value of an element of an array, or null.</summary>
    public HeapValue? Element(int index) => type.IsArray && type.Element is { } element
        ? heap.ValueAt(
            address + (ulong)type.ElementsOffset + ((ulong)index * (ulong)type.ElementSize),
            element,
            !element.IsStruct && element.Primitive is null)
        : null;
}
