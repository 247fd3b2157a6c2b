namespace LifetimeMonitor.Graph;

/// <summary>The searches that can be made in one graph, wherever they run.</summary>
internal interface IGraphSearches
{
    /// <summary>A search for the paths to some targets.</summary>
    /// <param name="targets">What to find.</param>
    /// <param name="stop">Ends it before everything is seen.</param>
    /// <param name="cuts">References that are not followed.</param>
    IPathSearch PathsTo(IEnumerable<ulong> targets, CancellationToken stop, IEnumerable<Edge>? cuts = null);

    /// <summary>What would be freed with an object, itself included; null when there was no time.</summary>
    (int Objects, long Bytes)? RetainedBy(ulong target, IEnumerable<ulong> roots, CancellationToken stop);
}

/// <summary>The reference: searches in managed code, in any graph that can be read.</summary>
internal sealed class ManagedSearches(IObjectGraph graph) : IGraphSearches
{
    public IPathSearch PathsTo(IEnumerable<ulong> targets, CancellationToken stop, IEnumerable<Edge>? cuts = null) =>
        new ShortestPathSearch(graph, targets, stop, cuts);

    public (int Objects, long Bytes)? RetainedBy(ulong target, IEnumerable<ulong> roots, CancellationToken stop) =>
        RetainedSize.Of(target, graph, roots, stop);
}
