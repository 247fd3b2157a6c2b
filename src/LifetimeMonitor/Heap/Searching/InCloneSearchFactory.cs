using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Heap.Searching;

/// <summary>
/// Searches that a clone runs in itself: nothing is copied, and our own memory does not grow. They run one at a time;
/// the paths of the previous search stay known.
/// </summary>
internal sealed class InCloneSearchFactory : IPathSearchFactory
{
    private readonly SearchChannel _channel;
    private readonly SegmentMap _segments;
    private readonly Attachments _attached;
    private readonly SearchMemory _memory;
    private readonly Func<ulong, ulong> _loaderAllocatorOf;
    private InCloneSearch? _latest;
    private bool _heapIsKnown;

    /// <param name="channel">The channel to the clone.</param>
    /// <param name="segments">The segments of the clone's heap.</param>
    /// <param name="attached">Its dependent handles.</param>
    /// <param name="loaderAllocatorOf">The object that keeps a collectible type loaded, or 0.</param>
    /// <param name="memoryBudget">The maximum size of a search's visited set and queue, in bytes.</param>
    public InCloneSearchFactory(
        SearchChannel channel,
        SegmentMap segments,
        Attachments attached,
        Func<ulong, ulong> loaderAllocatorOf,
        long memoryBudget = long.MaxValue)
    {
        _channel = channel;
        _segments = segments;
        _attached = attached;
        _loaderAllocatorOf = loaderAllocatorOf;
        _memory = new SearchMemory(memoryBudget, segments.SlotCount);
    }

    /// <summary>Invalid objects, which were not followed, in all searches together.</summary>
    public int Unreadable { get; private set; }

    /// <exception cref="SearchLostException">The clone does not answer.</exception>
    public IPathSearch PathsTo(IEnumerable<ulong> targets, CancellationToken stop, IEnumerable<Edge>? cuts = null)
    {
        if (!_memory.HoldsMarks) return new UnstartedSearch(targets);
        Edge[] byHolder = [.. (cuts ?? []).Distinct()];
        Array.Sort(byHolder, (a, b) => a.Holder.CompareTo(b.Holder));
        return new InCloneSearch(this, new HashSet<ulong>(targets), byHolder, stop);
    }

    /// <summary>As <see cref="HeapGraph.OffsetOf"/>; the clone searches an array of any size in place.</summary>
    /// <exception cref="SearchLostException">The clone does not answer.</exception>
    public long OffsetOf(ulong holder, ulong held)
    {
        if (!_heapIsKnown) Describe();
        _channel.Give(SearchOrder.Offset, holder, held);
        return (long)_channel.Result.Reply;
    }

    /// <summary>Whether the clone still has the state in which the search left it.</summary>
    internal bool IsLatest(InCloneSearch search) => ReferenceEquals(search, _latest);

    internal void Begin(InCloneSearch search, IReadOnlyCollection<ulong> targets, IReadOnlyCollection<Edge> cuts)
    {
        if (!_heapIsKnown) Describe();
        _latest = search;
        _channel.Give(SearchOrder.Begin, (ulong)targets.Count, (ulong)cuts.Count);
        _channel.Give(SearchOrder.Targets, targets);
        _channel.Give(SearchOrder.ExcludedEdges, cuts.SelectMany(c => new[] { c.Holder, c.Held }));
    }

    /// <summary>Carries out one step of a search.</summary>
    internal SearchHeader Run(SearchOrder order, IEnumerable<ulong> roots, CancellationToken stop)
    {
        ulong before = _channel.Result.Unreadable;
        if (order == SearchOrder.Run) _channel.Give(SearchOrder.Roots, roots, stop: stop);
        _channel.Give(order, stop: stop);
        Unreadable += (int)(_channel.Result.Unreadable - before);
        return _channel.Result;
    }

    /// <summary>Continues the latest search.</summary>
    internal (int Objects, long Bytes)? RetainedBy(ulong target, IEnumerable<ulong> roots, CancellationToken stop)
    {
        _channel.Give(SearchOrder.Roots, roots, stop: stop);
        _channel.Give(SearchOrder.Retained, target, stop: stop);
        return _channel.Result is { Stopped: 0, Objects: > 0 }
            ? ((int)_channel.Result.Objects, (long)_channel.Result.Bytes)
            : null;
    }

    /// <summary>Continues the latest search.</summary>
    internal bool? HasOtherHolder(ulong target, ulong holder, IEnumerable<ulong> roots, CancellationToken stop)
    {
        _channel.Give(SearchOrder.Roots, roots, stop: stop);
        _channel.Give(SearchOrder.OtherHolder, target, holder, stop);
        return _channel.Result.Stopped == 0 ? _channel.Result.Reply != 0 : null;
    }

    /// <summary>Takes the paths found since the last call. The result is the clone's latest.</summary>
    internal SearchHeader TakePaths(ToldPaths paths, CancellationToken stop)
    {
        _channel.Paths(paths.Count, paths.Take, stop);
        return _channel.Result;
    }

    private void Describe()
    {
        _channel.Describe(new HeapDescription(
            _segments.Segments.Count,
            _segments.Segments.SelectMany(s => new[] { s.Start, s.Length }),
            _attached.Count,
            _attached.Pairs(),
            _memory.Entries,
            _loaderAllocatorOf));
        _heapIsKnown = true;
    }
}
