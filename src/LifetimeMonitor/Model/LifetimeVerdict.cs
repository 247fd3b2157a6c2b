namespace LifetimeMonitoring;

/// <summary>
/// The verdict of a check. The weak handle decides whether an object is dead; the search decides only the word for
/// being alive.
/// </summary>
public enum LifetimeVerdict
{
    /// <summary>The object was collected. <see cref="LifeTimeMonitor.AssertDead"/> passes.</summary>
    Dead = 0,

    /// <summary>
    /// The object is alive, and a path from a durable root holds it: a static field, a handle.
    /// <see cref="LifeTimeMonitor.AssertDead"/> fails, unless the only holder is a known one that does not fail
    /// (<see cref="KnownHolder.Fails"/>).
    /// </summary>
    Retained = 1,

    /// <summary>
    /// The object is alive, and only a stack holds it: a local variable, an argument or a temporary of a running
    /// method.
    /// </summary>
    StackOnly = 2,

    /// <summary>The object waits for its finalizer, or its finalizer resurrected it.</summary>
    FinalizerPending = 3,

    /// <summary>The object was alive, but no root in the snapshot leads to it.</summary>
    Transient = 4,

    /// <summary>
    /// The check could not be made; the report gives the reason. <see cref="LifeTimeMonitor.AssertDead"/> fails.
    /// </summary>
    Inconclusive = 5,

    /// <summary>
    /// The object is alive, and no path was found because the search could not be made or completed; the report gives
    /// the reason.
    /// </summary>
    Alive = 6,
}
