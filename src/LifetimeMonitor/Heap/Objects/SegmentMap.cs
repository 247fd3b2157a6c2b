using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Objects;

/// <summary>Finds the segment of an address, and numbers all slots of the segments without gaps.</summary>
internal sealed class SegmentMap
{
    private const int BytesPerSlot = ObjectLayout.Alignment;
    private readonly Segment[] _segments;
    private readonly ulong[] _starts;
    private readonly ulong[] _lengths;
    private readonly long[] _firstSlots;
    private int _last;

    public SegmentMap(IEnumerable<Segment> segments)
    {
        _segments = [.. segments.Where(s => s.End > s.Start)];
        Array.Sort(_segments, (a, b) => a.Start.CompareTo(b.Start));
        // Dense arrays, because every reference is looked up here.
        (_starts, _lengths, _firstSlots) =
            (new ulong[_segments.Length], new ulong[_segments.Length], new long[_segments.Length]);
        for (int i = 0; i < _segments.Length; i++)
        {
            (_starts[i], _lengths[i], _firstSlots[i]) = (_segments[i].Start, _segments[i].Length, SlotCount);
            SlotCount += (long)(_segments[i].Length / BytesPerSlot) + 1;
        }
    }

    public long SlotCount { get; }

    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>The number of an address's segment, or -1.</summary>
    public int IndexOf(ulong address)
    {
        if (_segments.Length == 0) return -1;
        if (address - _starts[_last] < _lengths[_last]) return _last;
        int low = 0, high = _segments.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (address < _starts[middle]) high = middle - 1;
            else if (address - _starts[middle] >= _lengths[middle]) low = middle + 1;
            else return _last = middle;
        }

        return -1;
    }

    public long SlotOf(ulong address)
    {
        if (address % BytesPerSlot != 0) return -1;
        int index = IndexOf(address);
        return index < 0 ? -1 : _firstSlots[index] + (long)((address - _starts[index]) / BytesPerSlot);
    }
}
