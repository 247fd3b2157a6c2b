namespace LifetimeMonitor.Graph;

/// <summary>The searches that can be made in one graph, wherever they run.</summary>
internal interface IGraphSearches
{
    /// <summary>A search for the paths to some targets.</summary>
    /// <param name="targets">What to find.</param>
    /// <param name="stop">Ends it before everything is seen.</param>
    /// <param name="cuts">References that are not followed.</param>
    IPathSearch PathsTo(IEnumerable<ulong> targets, CancellationToken stop, IEnumerable<Edge>? cuts = null);
}

/// <summary>The reference: searches in managed code, in any graph that can be read.</summary>
/// <param name="graph">The graph.</param>
/// <param name="memoryBudget">The most bytes a search may take for its marks and its queue.</param>
/// <param name="kinds">Tells the references of a long path apart; without it paths are not shortened.</param>
internal sealed class ManagedSearches(
    IObjectGraph graph,
    long memoryBudget = long.MaxValue,
    IReferenceKinds? kinds = null) : IGraphSearches
{
    private readonly SearchMemory _memory = new(memoryBudget, graph.SlotCount);

    public IPathSearch PathsTo(IEnumerable<ulong> targets, CancellationToken stop, IEnumerable<Edge>? cuts = null) => _memory.HoldsMarks
        ? new ShortestPathSearch(graph, targets, stop, cuts, _memory.Entries, kinds)
        : new SearchNotBegun(targets);
}
