using LifetimeMonitoring.Heap.Metadata;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>A type with the data that naming needs. Every source of the data uses the same words.</summary>
internal abstract class HeapType
{
    private readonly Dictionary<int, HeapField?> _fields = [];

    /// <summary>The runtime's name of the type: <c>Ns.Outer+Inner&lt;System.String&gt;[]</c>.</summary>
    public abstract string RuntimeName { get; }

    public abstract bool IsArray { get; }

    public abstract bool IsString { get; }

    public abstract bool IsStruct { get; }

    public abstract bool IsFinalizable { get; }

    public bool IsDelegate => Base?.RuntimeName == "System.MulticastDelegate";

    /// <summary>The type of a number, character or Boolean, or of the enumeration's values; null otherwise.</summary>
    public abstract TypeCode? Primitive { get; }

    public abstract bool IsEnumeration { get; }

    public abstract int ElementSize { get; }

    public abstract HeapType? Element { get; }

    public abstract HeapType? Base { get; }

    /// <summary>Its type arguments; none where only their names are known.</summary>
    public abstract IEnumerable<HeapType> Arguments { get; }

    /// <summary>The names of the interfaces it implements.</summary>
    public abstract IEnumerable<string> Interfaces { get; }

    /// <summary>The token of its definition in the metadata.</summary>
    public abstract int Token { get; }

    /// <summary>The module that defines it.</summary>
    public abstract ModuleMetadata Module { get; }

    /// <summary>The offset of an array's first element from the start of the object.</summary>
    public int ElementsOffset => BaseSize - ObjectLayout.MethodTableSize;

    /// <summary>The fields of its instances, including inherited ones.</summary>
    public IEnumerable<string> FieldNames => Fields.Select(f => f.Name).OfType<string>();

    /// <summary>The static fields it declares, except numbers and the like.</summary>
    public abstract IEnumerable<TypeStatic> Statics { get; }

    /// <summary>
    /// A struct whose only field stands for many (<see cref="System.Runtime.CompilerServices.InlineArrayAttribute"/>).
    /// </summary>
    protected abstract bool IsInlineArray { get; }

    /// <summary>Size of an object, in bytes: with the header before the method table, without array elements.</summary>
    protected internal abstract int BaseSize { get; }

    /// <summary>The fields of its instances, those of its base first.</summary>
    protected internal abstract IReadOnlyList<TypeField> Fields { get; }

    /// <summary>
    /// A field's offset from the start of the object and its declared type; null when there is no such field. For a
    /// reference the type is null: its object knows better, and a lookup may walk all types of a module.
    /// </summary>
    public (int Offset, HeapType? Type, bool IsReference)? Place(string field) =>
        Fields.LastOrDefault(f => f.Name == field) is { } found
            ? (found.Offset + ObjectLayout.MethodTableSize, found.IsReference ? null : found.Type(), found.IsReference)
            : null;

    /// <summary>
    /// The field with the reference at an offset from the object's start, itself or in a struct; null when unknown.
    /// </summary>
    public HeapField? FieldAt(int offset) => FieldWithin(offset - ObjectLayout.MethodTableSize);

    /// <summary>The same, with an offset from the first field's start, for a struct inside something else.</summary>
    public HeapField? FieldWithin(int offset)
    {
        if (!_fields.TryGetValue(offset, out HeapField? field)) _fields.Add(offset, field = Find(offset));
        return field;
    }

    private HeapField? Find(int offset)
    {
        TypeField? field = Fields.Where(f => f.Offset <= offset).MaxBy(f => f.Offset);
        // For a generic struct in a collectible type ClrMD knows only the shared form, in which a number may lie at the
        // offset. To ClrMD a reference of unknown type is no reference.
        if (field is null || (field is { IsReference: false, IsStruct: false } && field.Type()?.Primitive is not null))
            return null;
        HeapType? inner = field.IsStruct ? field.Type() : null;
        // The one field of an inline array is repeated as often as its size allows.
        if (IsStruct && Fields.Count == 1)
        {
            int size = inner?.StructSize ?? field.Size();
            if (StructSize > size && IsInlineArray)
                return new HeapField($"[{offset / size}]", offset % size, inner, field.DeclaringType());
        }

        return new HeapField(field.Name ?? "?", offset - field.Offset, inner, field.DeclaringType());
    }

    private int StructSize => Math.Max(BaseSize - ObjectLayout.BoxSize, 1);
}

/// <summary>A field that holds a reference, itself or in a struct.</summary>
/// <param name="Name">As in the metadata; <c>[3]</c> for an element of an inline array.</param>
/// <param name="Rest">The rest of the offset, within the field.</param>
/// <param name="Struct">The struct in the field, or null when the field holds a reference.</param>
/// <param name="DeclaringType">The type that declares it.</param>
internal sealed record HeapField(string Name, int Rest, HeapType? Struct, HeapType? DeclaringType);
