using System.Diagnostics;

namespace LifetimeMonitor.Collecting;

/// <summary>The first look at one object, and mostly the last: its own generation is collected. Allocates nothing.</summary>
/// <param name="FoundDead">The object is dead.</param>
/// <param name="Generation">What was collected; -1 for nothing: it was dead before, or is as old as an object can be.</param>
/// <param name="HasRun">The collection was counted.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="TimeOfCallback">How long <see cref="LifetimeOptions.BeforeCollect"/> took.</param>
/// <param name="Start">The timestamp at which the check began with it.</param>
internal readonly record struct FirstLook(
    bool FoundDead, int Generation, bool HasRun, TimeSpan Duration, TimeSpan TimeOfCallback, long Start)
{
    /// <summary>The step it was; null when nothing was collected.</summary>
    public CollectionStep? Step => Generation < 0
        ? null
        : new CollectionStep(CollectionStepKind.OwnGeneration, Generation, Duration, HasRun, SentinelDied: null);

    public static FirstLook At(WeakTarget target, LifetimeOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        if (!target.IsAlive(options.TrackResurrection)) return Nothing(foundDead: true, TimeSpan.Zero, start);
        options.BeforeCollect?.Invoke();
        TimeSpan timeOfCallback = Stopwatch.GetElapsedTime(start);
        int generation = target.Generation();
        if (generation == GC.MaxGeneration) return Nothing(foundDead: false, timeOfCallback, start);
        (bool hasRun, TimeSpan duration) = Collector.CollectOwn(generation, options.TimeBudget);
        return new FirstLook(!target.IsAlive(options.TrackResurrection), generation, hasRun, duration, timeOfCallback, start);
    }

    private static FirstLook Nothing(bool foundDead, TimeSpan timeOfCallback, long start) =>
        new(foundDead, -1, HasRun: false, TimeSpan.Zero, timeOfCallback, start);
}
