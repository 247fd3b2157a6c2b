namespace LifetimeMonitor;

/// <summary>The answer of a check. Only <see cref="Dead"/> passes <see cref="LifeTimeMonitor.AssertDead"/>.</summary>
public enum LifetimeVerdict
{
    /// <summary>The object was collected.</summary>
    Dead = 0,

    /// <summary>The object is alive and something durable holds it: a static field, a handle, or what leads from one.
    /// Also the verdict of an object that is alive when no path could be searched.</summary>
    Retained = 1,

    /// <summary>Only stack frames hold the object: a local variable, an argument or a temporary of a running method.</summary>
    StackOnly = 2,

    /// <summary>The object waits for its finalizer, or was resurrected by one.</summary>
    FinalizerPending = 3,

    /// <summary>The object was alive, but the snapshot shows nothing that holds it.</summary>
    Transient = 4,

    /// <summary>The check could not be made; the report says why.</summary>
    Inconclusive = 5,
}
