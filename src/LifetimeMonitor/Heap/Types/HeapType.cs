using LifetimeMonitor.Heap.Metadata;

namespace LifetimeMonitor.Heap.Types;

/// <summary>A type as the naming needs it. Whatever tells of it, the words are the same.</summary>
internal abstract class HeapType
{
    /// <summary>The method table of an object comes first; a struct in a field has none.</summary>
    protected const int HeaderSize = 8;

    private readonly Dictionary<int, HeapField?> _fields = [];

    /// <summary>The name in the runtime's words: <c>Ns.Outer+Inner&lt;System.String&gt;[]</c>.</summary>
    public abstract string RuntimeName { get; }

    public abstract bool IsArray { get; }

    public abstract bool IsString { get; }

    public abstract bool IsStruct { get; }

    public abstract bool IsFinalizable { get; }

    public bool IsDelegate => Base?.RuntimeName == "System.MulticastDelegate";

    /// <summary>For a number, a character or a truth value, or an enumeration over one: the type of it; null otherwise.</summary>
    public abstract TypeCode? Primitive { get; }

    public abstract bool IsEnumeration { get; }

    public abstract int ElementSize { get; }

    public abstract HeapType? Element { get; }

    public abstract HeapType? Base { get; }

    /// <summary>The names of the interfaces it implements.</summary>
    public abstract IEnumerable<string> Interfaces { get; }

    /// <summary>The token of its definition in the metadata.</summary>
    public abstract int Token { get; }

    /// <summary>The module that defines it.</summary>
    public abstract ModuleMetadata Module { get; }

    /// <summary>Where the first element of an array lies, from the start of the object.</summary>
    public int ElementsOffset => BaseSize - HeaderSize;

    /// <summary>The fields of its instances, inherited ones too.</summary>
    public IEnumerable<string> FieldNames => Fields.Select(f => f.Name).OfType<string>();

    /// <summary>The static fields it declares, without numbers and the like.</summary>
    public abstract IEnumerable<TypeStatic> Statics { get; }

    /// <summary>It is a struct whose only field stands for many (<see cref="System.Runtime.CompilerServices.InlineArrayAttribute"/>).</summary>
    protected abstract bool IsInlineArray { get; }

    /// <summary>Size of an object, in bytes, without array elements, but with what lies before the method table.</summary>
    protected abstract int BaseSize { get; }

    /// <summary>The fields of its instances, those of its base first.</summary>
    protected abstract IReadOnlyList<TypeField> Fields { get; }

    /// <summary>
    /// Where a field lies, from the start of the object, and the type it is declared with; null when there is none. What a reference
    /// is declared with is not told: the object it refers to knows better, and finding it out may go through all types of a module.
    /// </summary>
    public (int Offset, HeapType? Type, bool IsReference)? Place(string field) =>
        Fields.LastOrDefault(f => f.Name == field) is { } found
            ? (found.Offset + HeaderSize, found.IsReference ? null : found.Type(), found.IsReference)
            : null;

    /// <summary>The field that holds the reference at an offset counted from the start of the object, itself or in a struct; null when it is not known.</summary>
    public HeapField? FieldAt(int offset) => FieldWithin(offset - HeaderSize);

    /// <summary>The same, counted from the start of the first field: for a struct inside something else.</summary>
    public HeapField? FieldWithin(int offset)
    {
        if (!_fields.TryGetValue(offset, out HeapField? field)) _fields.Add(offset, field = Find(offset));
        return field;
    }

    private HeapField? Find(int offset)
    {
        TypeField? field = Fields.Where(f => f.Offset <= offset).MaxBy(f => f.Offset);
        // Of a generic struct in a collectible type ClrMD knows the shared form only, in which a number may lie there; a reference whose type is not
        // known is none to it.
        if (field is null || (field is { IsReference: false, IsStruct: false } && field.Type()?.Primitive is not null)) return null;
        HeapType? inner = field.IsStruct ? field.Type() : null;
        // The one field of an inline array is repeated as often as its size allows.
        if (IsStruct && Fields.Count == 1)
        {
            int size = inner?.StructSize ?? field.Size();
            if (StructSize > size && IsInlineArray) return new HeapField($"[{offset / size}]", offset % size, inner, field.DeclaringType());
        }

        return new HeapField(field.Name ?? "?", offset - field.Offset, inner, field.DeclaringType());
    }

    // A boxed one has a header and a method table, too.
    private int StructSize => Math.Max(BaseSize - (2 * HeaderSize), 1);
}

/// <summary>A field that holds some reference.</summary>
/// <param name="Name">As in the metadata; <c>[3]</c> for an element of an inline array.</param>
/// <param name="Rest">How far into the field the offset points.</param>
/// <param name="Struct">The struct that lies in the field, or null when it holds a reference.</param>
/// <param name="DeclaringType">The type that declares it.</param>
internal sealed record HeapField(string Name, int Rest, HeapType? Struct, HeapType? DeclaringType);
