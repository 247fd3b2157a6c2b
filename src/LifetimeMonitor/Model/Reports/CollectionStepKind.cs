namespace LifetimeMonitoring.Reports;

/// <summary>The kinds of steps, in the order in which a check takes them while the object lives.</summary>
public enum CollectionStepKind
{
    /// <summary>A forced collection of the object's own generation and the younger ones.</summary>
    OwnGeneration = 0,

    /// <summary>A forced, blocking collection of all generations.</summary>
    Full = 1,

    /// <summary>Waiting for pending finalizers, for at most half of the rest of the time budget.</summary>
    Finalizers = 2,
}
