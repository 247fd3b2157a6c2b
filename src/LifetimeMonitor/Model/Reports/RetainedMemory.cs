namespace LifetimeMonitoring.Reports;

/// <summary>
/// The memory that an object alone keeps alive: itself, and everything reachable from it that could not be reached
/// without it from static fields, handles and finalizers. The variables of running methods are not considered,
/// because methods end.
/// </summary>
public sealed class RetainedMemory
{
    internal RetainedMemory(int objects, long bytes) => (Objects, Bytes) = (objects, bytes);

    /// <summary>The number of objects.</summary>
    public int Objects { get; }

    /// <summary>Their size on the heap, in bytes.</summary>
    public long Bytes { get; }
}
