namespace LifetimeMonitor.Snapshots;

/// <summary>A rung of the ladder cannot be had here; the message says why and, where it helps, what to set.</summary>
internal sealed class SnapshotRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The next attempt may well succeed: the machine was busy.</summary>
    public bool MayPass { get; init; }
}
