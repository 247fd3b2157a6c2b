using System.Text;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Naming;

/// <summary>Finds the reference between two objects: a field, a field in a struct, or an array element.</summary>
internal sealed class ReferenceReader(SnapshotHeap heap)
{
    /// <summary>The reference from the key of a dependent handle to its attached object.</summary>
    public const string Attached = "attached (ConditionalWeakTable or dependent handle)";

    /// <summary>The reference that every object of a collectible type has.</summary>
    public const string LoaderAllocator = "loader allocator (the type is collectible)";

    private const int MaxNesting = 32;
    private const string Tuple = "System.ValueTuple<";

    // ImmutableArray, CancellationToken, Memory, ValueTask.
    private static readonly string[] s_wrapped = [".array", "._source", "._object", "._obj"];
    private readonly Dictionary<Place, RawReference> _fields = [];

    public RawReference Between(ulong holder, ulong held)
    {
        long offset = heap.OffsetOf(holder, held);
        if (offset < 0) return new RawReference(heap.IsAttached(holder, held) ? Attached : LoaderAllocator, null);
        HeapType? type = heap.TypeOf(holder);
        if (type is null) return new RawReference($"offset {offset}", null);
        if (type.IsArray) return Element(heap.ArrayAt(holder, type), type, offset);
        // Long paths repeat a few fields: a list of a million nodes needs one lookup.
        var place = new Place(type, (int)offset);
        if (!_fields.TryGetValue(place, out RawReference? known))
            _fields.Add(place, known = Path("", type.FieldAt((int)offset)) ?? new RawReference($"offset {offset}", null));
        return known;
    }

    private static RawReference Element(ArrayShape shape, HeapType array, long offset)
    {
        long rest = offset - array.ElementsOffset;
        string index = shape.Index((int)(rest / array.ElementSize));
        return array.Element is { IsStruct: true } element
            && Path(index + '.', element.FieldWithin((int)(rest % array.ElementSize))) is { } field
            ? field
            : new RawReference(index, null);
    }

    private static RawReference? Path(string prefix, HeapField? field)
    {
        if (field is null) return null;
        (HeapType? owner, string outer) = (field.DeclaringType, field.Name);
        var path = new StringBuilder(prefix).Append(FieldNames.Of(field.Name));
        (HeapField Field, int At)? tuple = IsTuple(field) ? (field, path.Length + 1) : null;
        for (int depth = 0;
            depth < MaxNesting && field is { Struct: { } inner } && inner.FieldWithin(field.Rest) is { } next;
            depth++)
        {
            field = next;
            _ = path.Append(field.Name.StartsWith('[') ? "" : ".").Append(FieldNames.Of(field.Name));
            if (tuple is null && IsTuple(field)) tuple = (field, path.Length + 1);
        }

        if (tuple is ({ DeclaringType: { } declaring } holder, var at) && at < path.Length)
        {
            string elements = path.ToString(at, path.Length - at);
            path.Length = at;
            _ = path.Append(TupleNames.Apply(
                elements,
                RuntimeName.Parse(holder.Struct!.RuntimeName),
                declaring.Module.TupleNames(declaring.Token, holder.Name)));
        }

        foreach (string wrapped in s_wrapped)
        {
            // The programmer sees only the struct, not the field inside it.
            if (path.Length > wrapped.Length
                && path.ToString().EndsWith(wrapped, StringComparison.Ordinal)
                && IsFrameworks(field.DeclaringType))
                return new RawReference(path.ToString()[..^wrapped.Length], field, owner, outer);
        }

        return new RawReference(path.ToString(), field, owner, outer);
    }

    /// <summary>The one field of a struct that stands for the struct itself.</summary>
    public static bool IsWrapped(RawReference reference) =>
        s_wrapped.Contains('.' + reference.Text) && IsFrameworks(reference.Field?.DeclaringType);

    private static bool IsTuple(HeapField field) =>
        field.Struct?.RuntimeName.StartsWith(Tuple, StringComparison.Ordinal) == true;

    private static bool IsFrameworks(HeapType? type) =>
        type?.RuntimeName.StartsWith("System.", StringComparison.Ordinal) ?? false;

    private sealed record Place(HeapType Type, int Offset);
}
