using System.Text;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Types;
using LifetimeMonitor.Naming.Compiler;

namespace LifetimeMonitor.Naming;

/// <summary>Finds the reference by which one object holds another: a field, a field in a struct, an array element.</summary>
internal sealed class ReferenceReader(SnapshotHeap heap)
{
    /// <summary>What a dependent handle attaches to its key.</summary>
    public const string Attached = "attached (ConditionalWeakTable or dependent handle)";

    /// <summary>What every object of a collectible type refers to.</summary>
    public const string LoaderAllocator = "loader allocator (the type is collectible)";

    private const int MaxNesting = 32;

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
        // The same few fields make long paths: a list of a million nodes is named in one.
        var place = new Place(type, (int)offset);
        if (!_fields.TryGetValue(place, out RawReference? known))
            _fields.Add(place, known = Path("", type.FieldAt((int)offset)) ?? new RawReference($"offset {offset}", null));
        return known;
    }

    private static RawReference Element(ArrayShape shape, HeapType array, long offset)
    {
        long rest = offset - array.ElementsOffset;
        string index = shape.Index((int)(rest / array.ElementSize));
        return array.Element is { IsStruct: true } element && Path(index + '.', element.FieldWithin((int)(rest % array.ElementSize))) is { } field
            ? field
            : new RawReference(index, null);
    }

    private static RawReference? Path(string prefix, HeapField? field)
    {
        if (field is null) return null;
        var path = new StringBuilder(prefix).Append(FieldNames.Of(field.Name));
        for (int depth = 0; depth < MaxNesting && field is { Struct: { } inner } && inner.FieldWithin(field.Rest) is { } next; depth++)
        {
            field = next;
            _ = path.Append(field.Name.StartsWith('[') ? "" : ".").Append(FieldNames.Of(field.Name));
        }

        foreach (string wrapped in s_wrapped)
        {
            // The struct is what the programmer sees; that it has a field inside is its own affair.
            if (path.Length > wrapped.Length && path.ToString().EndsWith(wrapped, StringComparison.Ordinal) && IsFrameworks(field.DeclaringType))
                return new RawReference(path.ToString()[..^wrapped.Length], field);
        }

        return new RawReference(path.ToString(), field);
    }

    /// <summary>The one field of a struct that stands for the struct itself.</summary>
    public static bool IsWrapped(RawReference reference) => s_wrapped.Contains('.' + reference.Text) && IsFrameworks(reference.Field?.DeclaringType);

    private static bool IsFrameworks(HeapType? type) => type?.RuntimeName.StartsWith("System.", StringComparison.Ordinal) ?? false;

    private sealed record Place(HeapType Type, int Offset);
}
