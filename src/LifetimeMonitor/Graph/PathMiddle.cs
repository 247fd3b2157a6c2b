namespace LifetimeMonitoring.Graph;

/// <summary>
/// Counts the references between the ends of a very long path. It keeps only some objects around the first reference
/// of each kind, seen from the target.
/// </summary>
internal sealed class PathMiddle
{
    // The namer needs more than PathCursor.MostAhead objects on each side. No known program makes a path with more kinds
    // of references than MostNotable; further kinds are only counted.
    private const int KeptAround = 96, MostNotable = 64;
    private readonly HashSet<int> _known = [];
    private readonly List<PathItem> _kept = [];
    private readonly Queue<PathItem> _recent = new();
    private int _notable, _toKeep, _leftOut;
    private ulong _first, _last;

    /// <summary>
    /// Registers a reference near the target, which is kept in any case. Objects around it may be further away.
    /// </summary>
    public void Know(int kind)
    {
        if (_known.Add(kind)) _toKeep = KeptAround;
        else if (_toKeep > 0) _toKeep--;
    }

    public void Add(PathItem item)
    {
        if (_known.Add(item.Kind) && _notable < MostNotable)
        {
            _notable++;
            _toKeep = KeptAround;
            KeepRecent();
            Keep(item);
        }
        else if (_toKeep > 0)
        {
            _toKeep--;
            Keep(item);
        }
        else
        {
            if (_recent.Count == KeptAround) LeaveOut(_recent.Dequeue());
            _recent.Enqueue(item);
        }
    }

    /// <summary>The kept objects, in the order in which they came.</summary>
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
        ulong first = item.LeftOut > 0 ? item.First : _first;
        _kept.Add(_leftOut == 0 ? item : item.WithLeftOut(_leftOut + item.LeftOut, first, _last, isUniform: false));
        _leftOut = 0;
    }

    private void LeaveOut(PathItem item)
    {
        if (_leftOut == 0) _last = item.LeftOut > 0 ? item.Last : item.Address;
        _leftOut += item.LeftOut + 1;
        _first = item.Address;
    }
}
