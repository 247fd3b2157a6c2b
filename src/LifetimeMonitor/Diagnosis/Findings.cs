namespace LifetimeMonitor.Diagnosis;

/// <summary>What one snapshot showed of some objects.</summary>
/// <param name="Results">One for each object, in their order; empty when nothing could be searched.</param>
/// <param name="Reason">Why nothing could be searched; null when it could.</param>
internal sealed record Findings(IReadOnlyList<PathSearchResult> Results, string? Reason)
{
    public SnapshotKind Snapshot { get; init; }

    /// <summary>Why better kinds of snapshots could not be made; null when there was no need.</summary>
    public string? SnapshotReason { get; init; }

    public TimeSpan SnapshotTime { get; init; }

    public TimeSpan SearchTime { get; init; }

    /// <summary>Which finalizer holds up the others, in sentences; empty when that was not asked, or not found out.</summary>
    public IReadOnlyList<string> StuckFinalizer { get; init; } = [];

    public int ObjectsSearched { get; init; }

    /// <summary>Made beforehand: there is no memory for it when it is needed.</summary>
    public static Findings OutOfMemory { get; } = Unavailable("the garbage-collected heap was full before the diagnosis had ended");

    /// <summary>An exception that nobody expected.</summary>
    public static Findings Failed(Exception e)
    {
        try
        {
            return Unavailable($"the diagnosis failed ({e.GetType().Name}: {e.Message})");
        }
        catch (OutOfMemoryException)
        {
            return OutOfMemory;
        }
    }

    public static Findings Unavailable(string reason) => new([], reason);

    public PathSearchResult For(int index) => index < Results.Count
        ? Results[index]
        : new PathSearchResult([], PathCertainty.Unavailable, Reason);
}
