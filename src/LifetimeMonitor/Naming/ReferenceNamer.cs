using System.Text;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Types;

namespace LifetimeMonitor.Naming;

/// <summary>Names the reference by which one object holds another: a field, a field in a struct, an array element.</summary>
internal sealed class ReferenceNamer(SnapshotHeap heap)
{
    private const int MaxNesting = 32;

    public string Name(ulong holder, ulong held)
    {
        long offset = heap.OffsetOf(holder, held);
        HeapType? type = heap.TypeOf(holder);
        if (offset < 0)
        {
            return heap.IsAttached(holder, held) ? "attached (ConditionalWeakTable or dependent handle)"
                : "loader allocator (the type is collectible)";
        }

        if (type is null) return $"offset {offset}";
        return type.IsArray ? Element(heap.ArrayAt(holder, type), type, offset) : Path(type.FieldAt((int)offset)) ?? $"offset {offset}";
    }

    private static string Element(ArrayShape shape, HeapType array, long offset)
    {
        long rest = offset - array.ElementsOffset;
        string index = shape.Index((int)(rest / array.ElementSize));
        return array.Element is { } element && Path(element.FieldWithin((int)(rest % array.ElementSize))) is { } field && element.IsStruct
            ? $"{index}.{field}"
            : index;
    }

    private static string? Path(HeapField? field)
    {
        if (field is null) return null;
        var path = new StringBuilder(FieldNames.Of(field.Name));
        for (int depth = 0; depth < MaxNesting && field is { Struct: { } inner }; depth++)
        {
            field = inner.FieldWithin(field.Rest);
            if (field is not null) _ = path.Append(field.Name.StartsWith('[') ? "" : ".").Append(FieldNames.Of(field.Name));
        }

        return path.ToString();
    }
}
