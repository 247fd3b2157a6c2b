namespace LifetimeMonitoring.Reports;

/// <summary>The steps of a check, and how long they took.</summary>
public sealed class LifetimeCost
{
    internal LifetimeCost(IReadOnlyList<CollectionStep> collections, TimeSpan total) => (Collections, Total) = (collections, total);

    /// <summary>Each step of collecting, in order.</summary>
    public IReadOnlyList<CollectionStep> Collections { get; }

    /// <summary>The duration of the whole check.</summary>
    public TimeSpan Total { get; }

    /// <summary>How the snapshot was made.</summary>
    public SnapshotKind Snapshot { get; internal init; }

    /// <summary>
    /// Why no better kind of snapshot could be made; null when the first kind that was tried succeeded.
    /// </summary>
    public string? SnapshotReason { get; internal init; }

    /// <summary>How long it took to make the snapshot and open it.</summary>
    public TimeSpan SnapshotTime { get; internal init; }

    /// <summary>How long the search took.</summary>
    public TimeSpan SearchTime { get; internal init; }

    /// <summary>The number of objects that the search visited.</summary>
    public int ObjectsSearched { get; internal init; }
}
