namespace LifetimeMonitor.Graph;

/// <summary>What one search in a heap may take of memory: a bit for every place an object can be at, and the rest for its queue.</summary>
internal readonly struct SearchMemory
{
    // An entry takes twelve bytes here (VisitQueue). In a clone it takes 4.3, and eight more for one that a root holds (tree.c).
    private const int BytesPerEntry = 13;

    /// <param name="budget">Bytes.</param>
    /// <param name="slotCount">Places: <see cref="IObjectGraph.SlotCount"/>.</param>
    public SearchMemory(long budget, long slotCount)
    {
        long marks = SeenSet.BytesFor(slotCount);
        HoldsMarks = marks <= budget;
        Entries = Math.Max(1, (budget - marks) / BytesPerEntry);
    }

    /// <summary>Whether a search can be made at all.</summary>
    public bool HoldsMarks { get; }

    /// <summary>The most objects that may be in the queue; at least one.</summary>
    public long Entries { get; }
}
