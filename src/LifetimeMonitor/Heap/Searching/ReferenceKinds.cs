using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.Objects;

namespace LifetimeMonitoring.Heap.Searching;

/// <summary>
/// Numbers the kinds of references in a heap. <c>reference_kind.c</c> does so for the search in a clone, with other
/// numbers.
/// </summary>
/// <param name="graph">The objects, read anew.</param>
/// <param name="attached">Its dependent handles.</param>
internal sealed class ReferenceKinds(HeapGraph graph, Attachments attached) : IReferenceKinds
{
    private const int Most = 4095, AllFurther = Most << 1;
    private const int TypeBits = 20, PlaceBits = 24;

    // Places that are no offsets, which are multiples of eight.
    private const long IsAttached = 1, IsLoaderAllocator = 2;
    private readonly Dictionary<ulong, int> _types = [];
    private readonly Dictionary<long, int> _kinds = [];

    public int Of(ulong holder, ulong held)
    {
        if (graph.ObjectAt(holder) is not var (table, _) || graph.ObjectAt(held) is null) return 0;
        long place = PlaceOf(holder, held, table);
        if (place < 0) return 0;
        bool isField = table.ElementSize == 0 && place % sizeof(ulong) == 0;
        long types = ((long)NumberOf(holder) << TypeBits) | (long)NumberOf(held);
        long kind = (types << PlaceBits) | Math.Min(place, (1 << PlaceBits) - 1);
        if (_kinds.TryGetValue(kind, out int number)) return number;
        if (_kinds.Count == Most - 1) return AllFurther;
        number = ((_kinds.Count + 1) << 1) | (isField ? 1 : 0);
        _kinds.Add(kind, number);
        return number;
    }

    // All elements of an array are one place.
    private long PlaceOf(ulong holder, ulong held, MethodTable table)
    {
        long offset = graph.OffsetOf(holder, held);
        if (offset < 0 && attached.To(holder)?.Contains(held) == true) return IsAttached;
        if (offset < 0) return table.LoaderAllocator == held ? IsLoaderAllocator : -1;
        if (table.ElementSize == 0) return offset;
        return table.Elements is { } pattern ? (offset - pattern.Offset) % table.ElementSize : 0;
    }

    private int NumberOf(ulong address)
    {
        ulong type = graph.MethodTableOf(address);
        if (!_types.TryGetValue(type, out int number)) _types.Add(type, number = _types.Count);
        return number;
    }
}
