namespace LifetimeMonitoring.Graph;

/// <summary>
/// Breadth-first search from roots to targets: the first path to a target is a shortest one of its class.
/// <para>
/// Roots come in classes, best first, with one call of <see cref="SearchFrom"/> for each. No class visits the objects
/// of an earlier one again, so the first possible class explains a target. Targets are leaves, because a path through
/// another target explains nothing. After all classes, <see cref="SearchBehindTargets"/> finds the targets that only
/// other targets hold. The same graph and order of roots give the same path.
/// </para>
/// </summary>
internal sealed class ShortestPathSearch : IPathSearch
{
    private const int VisitsBetweenLooksAtTheClock = 1024;
    private readonly IObjectGraph _graph;
    private readonly SeenSet _seen;
    private readonly VisitQueue _queue;
    private readonly ReferenceBuffer _references = new();
    private readonly Dictionary<ulong, int> _found = [];
    private readonly Dictionary<ulong, AddressPath> _longPaths = [];
    private readonly HashSet<ulong> _targets;
    private readonly IReferenceKinds? _kinds;
    private readonly ulong _onlyTarget;
    private readonly Dictionary<ulong, HashSet<ulong>> _cuts;
    private CancellationToken _stop;
    private bool _throughTargets;
    private bool _isToSeeAll;
    private bool _hasOtherHolder;
    private int _head;
    private int _rootCount;

    /// <param name="graph">The objects.</param>
    /// <param name="targets">The objects to find.</param>
    /// <param name="stop">Ends the search early.</param>
    /// <param name="cuts">References that it does not follow.</param>
    /// <param name="maxEntries">The maximum number of objects in the queue.</param>
    /// <param name="kinds">Distinguishes the references of a long path; without it paths are not shortened.</param>
    public ShortestPathSearch(
        IObjectGraph graph,
        IEnumerable<ulong> targets,
        CancellationToken stop,
        IEnumerable<Edge>? cuts = null,
        long maxEntries = long.MaxValue,
        IReferenceKinds? kinds = null)
    {
        _kinds = kinds;
        _cuts = (cuts ?? []).GroupBy(c => c.Holder, c => c.Held).ToDictionary(g => g.Key, g => g.ToHashSet());
        _graph = graph;
        _stop = stop;
        _seen = new SeenSet(graph.SlotCount);
        _queue = new VisitQueue(maxEntries);
        _targets = [.. targets];
        if (_targets.Count == 1) _onlyTarget = _targets.Single();
    }

    public int Visited => _queue.Count;

    public SearchStop StoppedBy { get; private set; }

    public bool FoundAll => _found.Count == _targets.Count;

    public void SearchFrom(IEnumerable<ulong> roots)
    {
        foreach (ulong root in roots) Meet(root, ~_rootCount++);
        Run();
    }

    public void SearchBehindTargets()
    {
        _throughTargets = true;
        // Shortest first: a target found earlier is nearer to its root.
        foreach (int index in _found.Values.Order().ToArray()) Expand(index);
        Run();
    }

    public AddressPath? PathTo(ulong target)
    {
        if (!_found.TryGetValue(target, out int index)) return null;
        if (_longPaths.TryGetValue(target, out AddressPath? known)) return known;
        if (_kinds is not null && IsLong(index)) return Shortened(index, _kinds);
        var objects = new List<ulong>();
        for (; index >= 0; index = _queue.ParentOf(index)) objects.Add(_queue.AddressAt(index));
        objects.Reverse();
        return new AddressPath(~index, objects);
    }

    public (int Objects, long Bytes)? RetainedBy(ulong target, IEnumerable<ulong> roots, CancellationToken stop)
    {
        _stop = stop;
        _isToSeeAll = true;
        SearchFrom(roots);
        if (StoppedBy != SearchStop.None) return null;
        int others = _queue.Count;
        long bytes = 0;
        _throughTargets = true;
        if (_found.TryGetValue(target, out int index))
        {
            bytes = _graph.SizeOf(target);
            others--;
            Expand(index);
        }
        else Meet(target, ~_rootCount);

        int first = _head;
        Run();
        if (StoppedBy != SearchStop.None) return null;
        for (int i = first; i < _queue.Count; i++) bytes += _graph.SizeOf(_queue.AddressAt(i));
        Forget(first);
        return _queue.Count > others ? (_queue.Count - others, bytes) : null;
    }

    public bool? HasOtherHolder(ulong target, ulong holder, IEnumerable<ulong> roots, CancellationToken stop)
    {
        _stop = stop;
        _isToSeeAll = true;
        SearchFrom(roots);
        if (StoppedBy != SearchStop.None || !_found.TryGetValue(target, out int index)) return null;
        int parent = _queue.ParentOf(index);
        return _hasOtherHolder || parent < 0 || _queue.AddressAt(parent) != holder;
    }

    private bool IsLong(int index)
    {
        for (int length = 0; index >= 0; index = _queue.ParentOf(index))
        {
            if (length++ == PathShortener.Longest) return true;
        }

        return false;
    }

    private AddressPath? Shortened(int index, IReferenceKinds kinds)
    {
        var path = new PathShortener();
        ulong target = _queue.AddressAt(index), held = target;
        for (int length = 0; index >= 0; index = _queue.ParentOf(index), length++)
        {
            if (length % VisitsBetweenLooksAtTheClock == 0 && _stop.IsCancellationRequested)
            {
                StoppedBy = SearchStop.Time;
                return null;
            }

            ulong address = _queue.AddressAt(index);
            path.Add(address, length == 0 ? 0 : kinds.Of(address, held));
            held = address;
        }

        return _longPaths[target] = path.Path(~index);
    }

    // The search may visit the objects behind the target again.
    private void Forget(int first)
    {
        for (int i = first; i < _queue.Count; i++) _seen.Remove(_graph.SlotOf(_queue.AddressAt(i)));
        _throughTargets = false;
    }

    private void Run()
    {
        for (; _head < _queue.Count && (_isToSeeAll || !FoundAll) && StoppedBy != SearchStop.Memory; _head++)
        {
            if (_head % VisitsBetweenLooksAtTheClock == 0 && _stop.IsCancellationRequested)
            {
                StoppedBy = SearchStop.Time;
                return;
            }

            if (_throughTargets || !_found.ContainsKey(_queue.AddressAt(_head))) Expand(_head);
        }
    }

    private void Expand(int index)
    {
        ulong address = _queue.AddressAt(index);
        HashSet<ulong>? cut = _cuts.Count == 0 ? null : _cuts.GetValueOrDefault(address);
        long cursor = 0;
        bool more = true;
        while (more && StoppedBy != SearchStop.Memory)
        {
            _references.Clear();
            more = _graph.ReadReferences(address, ref cursor, _references);
            foreach (ulong reference in _references.Items)
            {
                if (cut is null || !cut.Contains(reference)) Meet(reference, index);
            }
        }
    }

    private void Meet(ulong address, int parent)
    {
        long slot = _graph.SlotOf(address);
        if (slot < 0) return;
        if (!_seen.Add(slot))
        {
            if (address == _onlyTarget
                && !_throughTargets
                && (parent < 0 || parent != _queue.ParentOf(_found[address])))
                _hasOtherHolder = true;
            return;
        }

        if (_queue.IsFull)
        {
            StoppedBy = SearchStop.Memory;
            return;
        }

        if (_targets.Contains(address)) _found.Add(address, _queue.Count);
        _queue.Add(address, parent);
    }
}
