namespace LifetimeMonitor;

/// <summary>How long something is worth waiting for.</summary>
/// <param name="Deadline">When it must be there; null for whenever it is.</param>
/// <param name="Stop">Told to stop, it is not wanted any more.</param>
internal readonly record struct TimeLimit(Deadline? Deadline, CancellationToken Stop)
{
    /// <summary>What is left; null for any time.</summary>
    public TimeSpan? Left => Deadline?.Left;

    public bool IsOver => Stop.IsCancellationRequested || Left == TimeSpan.Zero;
}
