namespace LifetimeMonitoring.Graph;

/// <summary>The searches in one graph, in any process that runs them.</summary>
internal interface IPathSearchFactory
{
    /// <summary>A search for the paths to some targets.</summary>
    /// <param name="targets">The objects to find.</param>
    /// <param name="stop">Ends it early.</param>
    /// <param name="cuts">References that it does not follow.</param>
    IPathSearch PathsTo(IEnumerable<ulong> targets, CancellationToken stop, IEnumerable<Edge>? cuts = null);
}

/// <summary>The reference implementation: searches in managed code, in any readable graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="memoryBudget">The maximum bytes for the visited set and the queue of a search.</param>
/// <param name="kinds">Distinguishes the references of a long path; without it paths are not shortened.</param>
internal sealed class ManagedSearchFactory(
    IObjectGraph graph,
    long memoryBudget = long.MaxValue,
    IReferenceKinds? kinds = null) : IPathSearchFactory
{
    private readonly SearchMemory _memory = new(memoryBudget, graph.SlotCount);

    public IPathSearch PathsTo(IEnumerable<ulong> targets, CancellationToken stop, IEnumerable<Edge>? cuts = null) =>
        _memory.HoldsMarks
            ? new ShortestPathSearch(graph, targets, stop, cuts, _memory.Entries, kinds)
            : new UnstartedSearch(targets);
}
