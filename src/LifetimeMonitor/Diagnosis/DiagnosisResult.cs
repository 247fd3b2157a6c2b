using LifetimeMonitoring.Rendering;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>The results of one snapshot for some objects.</summary>
/// <param name="Results">One for each object, in their order; empty when the search was not possible.</param>
/// <param name="Reason">The reason why the search was not possible; null otherwise.</param>
internal sealed record DiagnosisResult(IReadOnlyList<PathSearchResult> Results, string? Reason)
{
    public SnapshotKind Snapshot { get; init; }

    /// <summary>The reason why better kinds of snapshots failed; null when there was no failure.</summary>
    public string? SnapshotReason { get; init; }

    public TimeSpan SnapshotTime { get; init; }

    public TimeSpan SearchTime { get; init; }

    /// <summary>Names the finalizer that blocks the others, in sentences; empty when unknown or not needed.</summary>
    public IReadOnlyList<string> StuckFinalizer { get; init; } = [];

    public int ObjectsSearched { get; init; }

    /// <summary>Allocated beforehand, because there is no memory for it when it is needed.</summary>
    public static DiagnosisResult OutOfMemory { get; } =
        Unavailable("the garbage-collected heap was full before the diagnosis had ended");

    /// <summary>The findings of a diagnosis that failed with an unexpected exception.</summary>
    public static DiagnosisResult Failed(Exception e)
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

    public static DiagnosisResult Unavailable(string reason) => new([], reason);

    public PathSearchResult For(int index) => index < Results.Count
        ? Results[index]
        : new PathSearchResult([], PathCertainty.Unavailable, Reason, ReportWriter.Instance);
}
