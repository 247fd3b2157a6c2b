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
        foreach (ClrInstanceField field in _type.Fields)
        {
            bool isStruct = field.IsValueType && !field.IsPrimitive;
            int size = field.IsObjectReference ? sizeof(ulong) : field.Size;
            if (offset >= field.Offset && offset < field.Offset + size)
                return new HeapField(field.Name ?? "?", offset - field.Offset, isStruct ? From(field.Type) : null);
        }

        return null;
    }

    public static HeapType? From(ClrType? type) => type is null ? null : new HeapType(type);
}

/// <summary>A field that covers some offset.</summary>
/// <param name="Name">As in the metadata.</param>
/// <param name="Rest">How far into the field the offset points.</param>
/// <param name="Struct">The struct that lies in the field, or null when it holds a reference.</param>
internal sealed record HeapField(string Name, int Rest, HeapType? Struct);
