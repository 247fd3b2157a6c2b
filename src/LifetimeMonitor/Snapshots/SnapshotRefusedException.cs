namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// A rung of the ladder is unavailable here; the message says why and, if it helps, names the setting to change.
/// </summary>
internal sealed class SnapshotRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// How many attempts are worthwhile, including this one: more than one if activity during the attempt caused the
    /// refusal.
    /// </summary>
    public int Attempts { get; init; } = 1;

    /// <summary>How long further attempts are worthwhile even so, measured from the first.</summary>
    public TimeSpan Patience { get; init; }
}
