namespace LifetimeMonitor;

/// <summary>One step of collecting.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Generation">The generation collected; -1 when finalizers were waited for.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="HasRun">For a collection: <see cref="GC.CollectionCount"/> rose. For finalizers: all that were pending have run.</param>
/// <param name="SentinelDied">An object made for the purpose, and held as weakly as the one that is watched, died; null when none was made.</param>
public sealed record CollectionStep(CollectionStepKind Kind, int Generation, TimeSpan Duration, bool HasRun, bool? SentinelDied)
{
    /// <summary>The step did what it was taken for, as far as that can be seen.</summary>
    public bool IsProven => HasRun && SentinelDied != false;

    /// <summary>Finalizers were not waited for, because the system gave no thread to do it on.</summary>
    internal bool LacksThread { get; init; }

    /// <summary>Objects that a full collection found ready to be finalized.</summary>
    internal long PendingFinalizers { get; init; }

    /// <summary>Finalizers were not waited for, because the process ends and none run any more.</summary>
    internal bool IsAtProcessEnd { get; init; }
}

/// <summary>The kinds of steps, in the order in which they are taken while the object lives.</summary>
public enum CollectionStepKind
{
    /// <summary>A forced collection of the object's own generation and the younger ones.</summary>
    OwnGeneration = 0,

    /// <summary>A forced, blocking collection of all generations.</summary>
    Full = 1,

    /// <summary>Waiting for pending finalizers, within half of what is left of the time budget.</summary>
    Finalizers = 2,
}
