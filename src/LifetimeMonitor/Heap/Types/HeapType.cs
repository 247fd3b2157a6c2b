using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap.Types;

/// <summary>A type as the naming needs it.</summary>
internal sealed class HeapType
{
    private const int HeaderSize = 8; // ClrMD's offsets count from behind the method table.
    private readonly ClrType _type;

    private HeapType(ClrType type) => _type = type;

    /// <summary>The name in the runtime's words: <c>Ns.Outer+Inner&lt;System.String&gt;[]</c>.</summary>
    public string RuntimeName => _type.Name ?? "?";

    public bool IsArray => _type.IsArray;

    public bool IsStruct => _type.IsValueType && !_type.IsPrimitive;

    public int ElementSize => _type.ComponentSize;

    public HeapType? Element => From(_type.ComponentType);

    /// <summary>Where the first element of an array lies, from the start of the object.</summary>
    public int ElementsOffset => _type.StaticSize - HeaderSize;

    /// <summary>The field that covers an offset counted from the start of the object, or null.</summary>
    public HeapField? FieldAt(int offset) => FieldWithin(offset - HeaderSize);

    /// <summary>The same, counted from the start of the first field: for a struct inside something else.</summary>
    public HeapField? FieldWithin(int offset)
    {
        ClrInstanceField? field = _type.Fields.Where(f => f.Offset <= offset).MaxBy(f => f.Offset);
        if (field is null) return null;
        HeapType? inner = field.IsValueType && !field.IsPrimitive ? From(field.Type) : null;
        // The one field of an inline array is repeated as often as its size allows.
        int size = inner?.StructSize ?? Math.Max(field.Size, 1);
        if (IsStruct && _type.Fields.Length == 1 && StructSize > size) return new HeapField($"[{offset / size}]", offset % size, inner);
        return new HeapField(field.Name ?? "?", offset - field.Offset, inner);
    }

    // A boxed one has a header and a method table, too.
    private int StructSize => Math.Max(_type.StaticSize - (2 * HeaderSize), 1);

    public static HeapType? From(ClrType? type) => type is null ? null : new HeapType(type);
}

/// <summary>A field that covers some offset.</summary>
/// <param name="Name">As in the metadata; <c>[3]</c> for an element of an inline array.</param>
/// <param name="Rest">How far into the field the offset points.</param>
/// <param name="Struct">The struct that lies in the field, or null when it holds a reference.</param>
internal sealed record HeapField(string Name, int Rest, HeapType? Struct);
