namespace LifetimeMonitoring.Graph;

/// <summary>
/// The memory limit of one search in a heap: a visited set with a bit for every place of an object, and the rest for
/// the queue.
/// </summary>
internal readonly struct SearchMemory
{
    // An entry takes 12 bytes here (VisitQueue). In a clone it takes 4.3 bytes, plus 8 if a root holds it (path_tree.c).
    private const int BytesPerEntry = 13;

    /// <param name="budget">The limit in bytes.</param>
    /// <param name="slotCount">The number of places: <see cref="IObjectGraph.SlotCount"/>.</param>
    public SearchMemory(long budget, long slotCount)
    {
        long marks = SeenSet.BytesFor(slotCount);
        HoldsMarks = marks <= budget;
        Entries = Math.Max(1, (budget - marks) / BytesPerEntry);
    }

    /// <summary>Whether the memory is enough to begin a search.</summary>
    public bool HoldsMarks { get; }

    /// <summary>The maximum number of objects in the queue; at least one.</summary>
    public long Entries { get; }
}
