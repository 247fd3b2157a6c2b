using System.Diagnostics;

namespace LifetimeMonitoring.Waiting;

/// <summary>A time budget that is running out, shared by all steps that must end within it.</summary>
internal readonly struct Deadline(TimeSpan budget, TimeSpan used = default)
{
    // The longest wait that the runtime supports.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(int.MaxValue);
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The whole budget, for messages.</summary>
    public TimeSpan Budget { get; } = budget;

    /// <summary>The time left; never negative, and never longer than a wait may be.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = Budget - used - Stopwatch.GetElapsedTime(_start);
            return left < TimeSpan.Zero ? TimeSpan.Zero : left > s_longest ? s_longest : left;
        }
    }
}
