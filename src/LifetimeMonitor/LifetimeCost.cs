namespace LifetimeMonitor;

/// <summary>What a check did and how long it took.</summary>
/// <param name="Collections">Each step of collecting, in order.</param>
/// <param name="Total">The whole check.</param>
public sealed record LifetimeCost(IReadOnlyList<CollectionStep> Collections, TimeSpan Total)
{
    /// <summary>How the snapshot was made.</summary>
    public SnapshotKind Snapshot { get; init; }

    /// <summary>Why no better kind of snapshot could be made; null when the first one tried was.</summary>
    public string? SnapshotReason { get; init; }

    /// <summary>Making the snapshot and opening it.</summary>
    public TimeSpan SnapshotTime { get; init; }

    /// <summary>Searching the path.</summary>
    public TimeSpan SearchTime { get; init; }

    /// <summary>Objects the search met.</summary>
    public int ObjectsSearched { get; init; }
}
