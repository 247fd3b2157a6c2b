namespace LifetimeMonitor.Heap;

/// <summary>Finds the segment of an address, and numbers the places in all segments without the gaps between them.</summary>
internal sealed class SegmentMap
{
    private const int BytesPerSlot = 8;
    private readonly Segment[] _segments;
    private readonly long[] _firstSlots;
    private int _last;

    public SegmentMap(IEnumerable<Segment> segments)
    {
        _segments = [.. segments.Where(s => s.End > s.Start).OrderBy(s => s.Start)];
        _firstSlots = new long[_segments.Length];
        for (int i = 0; i < _segments.Length; i++)
        {
            _firstSlots[i] = SlotCount;
            SlotCount += (long)(_segments[i].Length / BytesPerSlot) + 1;
        }
    }

    public long SlotCount { get; }

    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>The number of the segment, or -1.</summary>
    public int IndexOf(ulong address)
    {
        if (_segments.Length == 0) return -1;
        ref readonly Segment last = ref _segments[_last];
        if (address - last.Start < last.Length) return _last;
        int low = 0, high = _segments.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ref readonly Segment segment = ref _segments[middle];
            if (address < segment.Start) high = middle - 1;
            else if (address >= segment.End) low = middle + 1;
            else return _last = middle;
        }

        return -1;
    }

    public long SlotOf(ulong address)
    {
        if (address % BytesPerSlot != 0) return -1;
        int index = IndexOf(address);
        return index < 0 ? -1 : _firstSlots[index] + (long)((address - _segments[index].Start) / BytesPerSlot);
    }
}
