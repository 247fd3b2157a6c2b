using System.Diagnostics;

namespace LifetimeMonitor.TestHost.Chaos;

/// <summary>How long a check took, and how long this process was kept from running meanwhile.</summary>
/// <param name="Begun">When it began.</param>
/// <param name="Taken">How long it took.</param>
/// <param name="Pauses">How long collections stopped the process, also those that others forced.</param>
/// <param name="Starved">The longest time in which a thread that only sleeps did not get its turn.</param>
internal readonly record struct CheckTime(long Begun, TimeSpan Taken, TimeSpan Pauses, TimeSpan Starved)
{
    // What the library allows a diagnosis to end in, after its budget.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    // Whoever waits for the end of the grace gets to run a moment after it. There are four waits after each other: for finalizers, for the diagnosis before, for this one, and for
    // the end of the grace.
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(200);
    private const int Waits = 4;

    public static CheckTime Begin() => new(Stopwatch.GetTimestamp(), TimeSpan.Zero, GC.GetTotalPauseDuration(), TimeSpan.Zero);

    public CheckTime End() => new(Begun, Stopwatch.GetElapsedTime(Begun), GC.GetTotalPauseDuration() - Pauses, Metronome.LongestDelaySince(Begun));

    /// <summary>By how much the check was late, or null.</summary>
    /// <param name="report">One of its reports.</param>
    /// <param name="options">Its options.</param>
    /// <param name="patience">What is the patience where the options say nothing.</param>
    public TimeSpan? Late(LifetimeReport report, LifetimeOptions options, TimeSpan patience)
    {
        TimeSpan own = report.Cost.Collections.Where(s => s.Kind != CollectionStepKind.Finalizers).Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Duration);
        // Those that we force are among the pauses.
        TimeSpan collections = own > Pauses ? own : Pauses;
        TimeSpan late = Taken - collections - (options.Patience ?? patience) - options.TimeBudget - s_grace - s_moment - (Waits * Starved);
        return late > TimeSpan.Zero ? late : null;
    }

    public override string ToString() =>
        $"{Taken.TotalSeconds:0.00} s, {Pauses.TotalSeconds:0.00} s of them in collections, longest without a turn {Starved.TotalSeconds:0.00} s";
}
