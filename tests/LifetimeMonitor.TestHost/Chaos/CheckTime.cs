using System.Diagnostics;

namespace LifetimeMonitor.TestHost.Chaos;

/// <summary>Measures how long a check takes beyond its collections, and those of others.</summary>
internal readonly record struct CheckTime(long Start, TimeSpan Pauses)
{
    // What the library allows a diagnosis to end in, after its budget.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    public static CheckTime Begin() => new(Stopwatch.GetTimestamp(), GC.GetTotalPauseDuration());

    /// <summary>By how much the check was late, or null.</summary>
    /// <param name="report">One of its reports.</param>
    /// <param name="options">Its options.</param>
    /// <param name="patience">What is the patience where the options say nothing.</param>
    public TimeSpan? Late(LifetimeReport report, LifetimeOptions options, TimeSpan patience)
    {
        TimeSpan taken = Stopwatch.GetElapsedTime(Start);
        TimeSpan own = report.Cost.Collections.Where(s => s.Kind != CollectionStepKind.Finalizers).Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Duration);
        // Collections that others force stop us, too; those that we force are among the pauses.
        TimeSpan pauses = GC.GetTotalPauseDuration() - Pauses;
        TimeSpan late = taken - (own > pauses ? own : pauses) - (options.Patience ?? patience) - options.TimeBudget - s_grace;
        return late > TimeSpan.Zero ? late : null;
    }
}
