namespace LifetimeMonitor.Graph;

/// <summary>What is between the ends of a very long path: it is counted, but for what is around each reference of a kind that was not there before.</summary>
internal sealed class PathMiddle
{
    // Who names some of it leaves out what is so near to a gap that the names may depend on what is missing (PathNamer.Blurred).
    private const int KeptAround = 96, MostNotable = 64;
    private readonly HashSet<int> _known = [];
    private readonly List<PathItem> _kept = [];
    private readonly Queue<PathItem> _recent = new();
    private int _notable, _toKeep, _leftOut;
    private ulong _first, _last;

    /// <summary>References of a kind are no news.</summary>
    public void Know(int kind) => _known.Add(kind);

    public void Add(PathItem item)
    {
        if (_known.Add(item.Kind) && _notable < MostNotable)
        {
            _notable++;
            _toKeep = KeptAround + 1;
            KeepRecent();
        }

        if (_toKeep > 0)
        {
            _toKeep--;
            Keep(item);
            return;
        }

        if (_recent.Count == KeptAround) LeaveOut(_recent.Dequeue());
        _recent.Enqueue(item);
    }

    /// <summary>What was kept, in the order in which it came.</summary>
    public IReadOnlyList<PathItem> Kept()
    {
        KeepRecent();
        return _kept;
    }

    private void KeepRecent()
    {
        while (_recent.TryDequeue(out PathItem item)) Keep(item);
    }

    private void Keep(PathItem item)
    {
        _kept.Add(_leftOut == 0 ? item : item.WithLeftOut(_leftOut + item.LeftOut, item.LeftOut > 0 ? item.First : _first, _last, isUniform: false));
        _leftOut = 0;
    }

    private void LeaveOut(PathItem item)
    {
        if (_leftOut == 0) _last = item.LeftOut > 0 ? item.Last : item.Address;
        _leftOut += item.LeftOut + 1;
        _first = item.Address;
    }
}
