namespace LifetimeMonitor.Snapshots;

/// <summary>A rung of the ladder cannot be had here; the message says why and, where it helps, what to set.</summary>
internal sealed class SnapshotRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How many attempts are worth making, with this one: more than one when it was what happened meanwhile that refused it.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>How long further attempts are worth making even so, from the first.</summary>
    public TimeSpan Patience { get; init; }
}
