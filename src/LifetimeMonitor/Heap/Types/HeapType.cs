using LifetimeMonitor.Heap.Metadata;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap.Types;

/// <summary>A type as the naming needs it.</summary>
internal sealed class HeapType
{
    private const int HeaderSize = 8; // ClrMD's offsets count from behind the method table.
    private readonly Dictionary<int, HeapField?> _fields = [];
    private readonly HeapTypes _types;
    private readonly ClrType _type;

    /// <summary>Only <see cref="HeapTypes"/> makes them, one for each type.</summary>
    internal HeapType(HeapTypes types, ClrType type)
    {
        _types = types;
        _type = type;
        RuntimeName = type.Name ?? "?";
    }

    /// <summary>The name in the runtime's words: <c>Ns.Outer+Inner&lt;System.String&gt;[]</c>.</summary>
    public string RuntimeName { get; }

    public bool IsArray => _type.IsArray;

    public bool IsString => _type.IsString;

    public bool IsStruct => _type.IsValueType && !_type.IsPrimitive;

    public bool IsFinalizable => _type.IsFinalizable;

    public bool IsDelegate => Base?.RuntimeName == "System.MulticastDelegate";

    /// <summary>For a number, a character or a truth value, or an enumeration over one: the type of it; null otherwise.</summary>
    public TypeCode? Primitive => PrimitiveTypes.Of(_type.ElementType);

    public bool IsEnumeration => _type.IsEnum;

    public int ElementSize => _type.ComponentSize;

    public HeapType? Element => _types.From(_type.ComponentType);

    public HeapType? Base => _types.From(_type.BaseType);

    /// <summary>The token of its definition in the metadata.</summary>
    public int Token => _type.MetadataToken;

    /// <summary>The module that defines it.</summary>
    public ModuleMetadata Module => _types.ModuleOf(_type);

    /// <summary>Where the first element of an array lies, from the start of the object.</summary>
    public int ElementsOffset => _type.StaticSize - HeaderSize;

    /// <summary>The fields of its instances, inherited ones too.</summary>
    public IEnumerable<string> FieldNames => _type.Fields.Select(f => f.Name).OfType<string>();

    /// <summary>The methods it declares.</summary>
    public IEnumerable<string> MethodNames => _type.Methods.Select(m => m.Name).OfType<string>();

    /// <summary>
    /// Where a field lies, from the start of the object, and the type it is declared with; null when there is none. What a reference
    /// is declared with is not told: the object it refers to knows better, and finding it out goes through all types of a module.
    /// </summary>
    public (int Offset, HeapType? Type, bool IsReference)? Place(string field) =>
        _type.Fields.LastOrDefault(f => f.Name == field) is { } found
            ? (found.Offset + HeaderSize, found.IsObjectReference ? null : TypeOf(found), found.IsObjectReference)
            : null;

    /// <summary>The field that covers an offset counted from the start of the object, or null.</summary>
    public HeapField? FieldAt(int offset) => FieldWithin(offset - HeaderSize);

    /// <summary>The same, counted from the start of the first field: for a struct inside something else.</summary>
    public HeapField? FieldWithin(int offset)
    {
        if (!_fields.TryGetValue(offset, out HeapField? field)) _fields.Add(offset, field = Find(offset));
        return field;
    }

    private HeapField? Find(int offset)
    {
        ClrInstanceField? field = _type.Fields.Where(f => f.Offset <= offset).MaxBy(f => f.Offset);
        if (field is null) return null;
        HeapType? declaring = _types.From(field.ContainingType);
        HeapType? inner = IsStructField(field) ? TypeOf(field) : null;
        // The one field of an inline array is repeated as often as its size allows.
        if (IsStruct && _type.Fields.Length == 1)
        {
            int size = inner?.StructSize ?? SizeOf(field);
            if (StructSize > size) return new HeapField($"[{offset / size}]", offset % size, inner, declaring);
        }

        return new HeapField(field.Name ?? "?", offset - field.Offset, inner, declaring);
    }

    private static bool IsStructField(ClrInstanceField field) => field.IsValueType && !field.IsPrimitive;

    // ClrMD resolves the type of a field to tell its size, and of a reference by going through all types of the module.
    private static int SizeOf(ClrInstanceField field) => field.IsObjectReference ? sizeof(ulong) : Math.Max(field.Size, 1);

    private HeapType? TypeOf(ClrInstanceField field) => IsStructField(field) ? _types.StructIn(_type, field) : _types.From(field.Type);

    // A boxed one has a header and a method table, too.
    private int StructSize => Math.Max(_type.StaticSize - (2 * HeaderSize), 1);
}

/// <summary>A field that covers some offset.</summary>
/// <param name="Name">As in the metadata; <c>[3]</c> for an element of an inline array.</param>
/// <param name="Rest">How far into the field the offset points.</param>
/// <param name="Struct">The struct that lies in the field, or null when it holds a reference.</param>
/// <param name="DeclaringType">The type that declares it.</param>
internal sealed record HeapField(string Name, int Rest, HeapType? Struct, HeapType? DeclaringType);
