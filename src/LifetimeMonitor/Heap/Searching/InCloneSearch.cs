using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Heap.Searching;

/// <summary>A path search that a clone runs in itself.</summary>
internal sealed class InCloneSearch : IPathSearch
{
    private readonly InCloneSearchFactory _clone;
    private readonly CancellationToken _stop;
    private readonly ToldPaths _paths = new();
    private readonly int _targets;

    public InCloneSearch(
        InCloneSearchFactory clone,
        IReadOnlyCollection<ulong> targets,
        IReadOnlyCollection<Edge> cuts,
        CancellationToken stop)
    {
        _clone = clone;
        _stop = stop;
        _targets = targets.Count;
        clone.Begin(this, targets, cuts);
    }

    public int Visited { get; private set; }

    public SearchStop StoppedBy { get; private set; }

    public bool FoundAll => _paths.Count == _targets;

    public void SearchFrom(IEnumerable<ulong> roots) => Run(SearchOrder.Run, roots);

    public void SearchBehindTargets() => Run(SearchOrder.Behind, []);

    public AddressPath? PathTo(ulong target) => _paths.To(target);

    public (int Objects, long Bytes)? RetainedBy(ulong target, IEnumerable<ulong> roots, CancellationToken stop) =>
        _clone.RetainedBy(target, roots, stop);

    public bool? HasOtherHolder(ulong target, ulong holder, IEnumerable<ulong> roots, CancellationToken stop) =>
        FoundAll && _clone.IsLatest(this)
            ? _clone.HasOtherHolder(target, holder, roots, stop)
            : null;

    private void Run(SearchOrder order, IEnumerable<ulong> roots)
    {
        SearchHeader result = _clone.Run(order, roots, _stop);
        Visited = (int)result.Visited;
        // Takes the paths now: another search may follow before a caller needs them.
        if (result.Found > (ulong)_paths.Count) result = _clone.TakePaths(_paths, _stop);
        if (result.Stopped != 0) StoppedBy = (SearchStop)result.Stopped;
    }
}
