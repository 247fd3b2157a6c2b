using System.Diagnostics;

namespace LifetimeMonitoring.Collecting;

/// <summary>The first and usually last look at one object: collects its own generation, allocates nothing.</summary>
/// <param name="FoundDead">The object is dead.</param>
/// <param name="Generation">
/// The collected generation; -1 for none, because the object was already dead or in the oldest generation.
/// </param>
/// <param name="HasRun">The collection was counted.</param>
/// <param name="Duration">The duration of the collection.</param>
/// <param name="TimeOfCallback">The duration of <see cref="LifetimeOptions.BeforeCollect"/>.</param>
/// <param name="Start">The timestamp at the beginning of the check.</param>
internal readonly record struct FastCheck(
    bool FoundDead, int Generation, bool HasRun, TimeSpan Duration, TimeSpan TimeOfCallback, long Start)
{
    /// <summary>The collection as a step; null when nothing was collected.</summary>
    public CollectionStep? Step => Generation < 0
        ? null
        : new CollectionStep(CollectionStepKind.OwnGeneration, Generation, Duration, HasRun, sentinelDied: null);

    public static FastCheck At(WeakTarget target, LifetimeOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        if (!target.IsAlive(options.TrackResurrection))
            return Nothing(foundDead: true, TimeSpan.Zero, start);
        options.BeforeCollect?.Invoke();
        TimeSpan timeOfCallback = Stopwatch.GetElapsedTime(start);
        int generation = target.Generation();
        if (generation == GC.MaxGeneration) return Nothing(foundDead: false, timeOfCallback, start);
        (bool hasRun, TimeSpan duration) = Collector.CollectOwn(generation, options.TimeBudget);
        return new FastCheck(
            !target.IsAlive(options.TrackResurrection),
            generation,
            hasRun,
            duration,
            timeOfCallback,
            start);
    }

    private static FastCheck Nothing(bool foundDead, TimeSpan timeOfCallback, long start) =>
        new(foundDead, -1, HasRun: false, TimeSpan.Zero, timeOfCallback, start);
}
