using System.Diagnostics;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>The duration of a check, and the time in which this process could not run meanwhile.</summary>
/// <param name="Begun">The time when it began.</param>
/// <param name="Taken">Its duration.</param>
/// <param name="Pauses">
/// The time for which collections stopped the process, including collections forced by others.
/// </param>
/// <param name="Starved">The longest delay of a thread that only sleeps.</param>
internal readonly record struct CheckTime(long Begun, TimeSpan Taken, TimeSpan Pauses, TimeSpan Starved)
{
    // The time that the library allows a diagnosis to end in, after its budget.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    // A thread that waits for the end of the grace runs a moment after it. There are four waits in a row: for
    // finalizers, for the previous diagnosis, for this one, and for the end of the grace.
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(200);
    private const int Waits = 4;

    public static CheckTime Begin() => new(Stopwatch.GetTimestamp(), TimeSpan.Zero, GC.GetTotalPauseDuration(), TimeSpan.Zero);

    public CheckTime End() => new(
        Begun,
        Stopwatch.GetElapsedTime(Begun),
        GC.GetTotalPauseDuration() - Pauses,
        Metronome.LongestDelaySince(Begun));

    /// <summary>The delay of the check, or null.</summary>
    /// <param name="report">One of its reports.</param>
    /// <param name="options">Its options.</param>
    /// <param name="patience">The patience if the options have none.</param>
    public TimeSpan? Late(LifetimeReport report, LifetimeOptions options, TimeSpan patience)
    {
        TimeSpan own = report.Cost.Collections
            .Where(s => s.Kind != CollectionStepKind.Finalizers)
            .Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Duration);
        // The pauses include the collections that we force.
        TimeSpan collections = own > Pauses ? own : Pauses;
        TimeSpan late = Taken - collections - (options.Patience ?? patience) - options.TimeBudget - s_grace - s_moment - (Waits * Starved);
        return late > TimeSpan.Zero ? late : null;
    }

    public override string ToString() =>
        $"{Taken.TotalSeconds:0.00} s, {Pauses.TotalSeconds:0.00} s of them in collections, longest without a " +
        $"turn {Starved.TotalSeconds:0.00} s";
}
