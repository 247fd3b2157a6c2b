using System.Diagnostics;

namespace LifetimeMonitor;

/// <summary>A time budget that is running out, shared by all that is to end within it.</summary>
internal readonly struct Deadline(TimeSpan budget, TimeSpan used = default)
{
    // The longest that the runtime's waits take.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(int.MaxValue);
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The whole budget, for words.</summary>
    public TimeSpan Budget { get; } = budget;

    /// <summary>What is left of it; never negative, and never more than a wait can take.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = Budget - used - Stopwatch.GetElapsedTime(_start);
            return left < TimeSpan.Zero ? TimeSpan.Zero : left > s_longest ? s_longest : left;
        }
    }
}
