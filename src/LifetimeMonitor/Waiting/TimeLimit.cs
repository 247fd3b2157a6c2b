namespace LifetimeMonitoring.Waiting;

/// <summary>How long a result is worth waiting for.</summary>
/// <param name="Deadline">The deadline of the result; null for none.</param>
/// <param name="Stop">Canceled when the result is no longer wanted.</param>
internal readonly record struct TimeLimit(Deadline? Deadline, CancellationToken Stop)
{
    /// <summary>The time left; null for no limit.</summary>
    public TimeSpan? Left => Deadline?.Left;

    public bool IsOver => Stop.IsCancellationRequested || Left == TimeSpan.Zero;
}
