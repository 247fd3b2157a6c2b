namespace LifetimeMonitoring.Reports;

/// <summary>One step of collecting.</summary>
public sealed class CollectionStep
{
    internal CollectionStep(CollectionStepKind kind, int generation, TimeSpan duration, bool hasRun, bool? sentinelDied) =>
        (Kind, Generation, Duration, HasRun, SentinelDied) = (kind, generation, duration, hasRun, sentinelDied);

    /// <summary>The kind of the step.</summary>
    public CollectionStepKind Kind { get; }

    /// <summary>The generation that was collected; -1 for <see cref="CollectionStepKind.Finalizers"/>.</summary>
    public int Generation { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>
    /// For a collection: <see cref="GC.CollectionCount"/> rose. For finalizers: all that were pending have run.
    /// </summary>
    public bool HasRun { get; }

    /// <summary>
    /// Whether the sentinel died: an object made for the purpose, and held as weakly as the one that is watched. Null
    /// when none was made.
    /// </summary>
    public bool? SentinelDied { get; }

    /// <summary>Whether there is evidence that the step took effect: it ran, and the sentinel died.</summary>
    public bool IsProven => HasRun && SentinelDied != false;

    /// <summary>The system gave no thread on which to wait for finalizers.</summary>
    internal bool LacksThread { get; init; }

    /// <summary>The number of objects that a full collection found ready to be finalized.</summary>
    internal long PendingFinalizers { get; init; }

    /// <summary>The process is ending and runs no finalizers any more.</summary>
    internal bool IsAtProcessEnd { get; init; }
}
