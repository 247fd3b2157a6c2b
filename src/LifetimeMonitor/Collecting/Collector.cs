using System.Diagnostics;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace LifetimeMonitoring.Collecting;

/// <summary>Forces collections and proves that they ran.</summary>
internal static class Collector
{
    /// <summary>
    /// Collects a generation and the younger ones, without allocating. The death of the watched object is proof enough
    /// that the collection ran.
    /// </summary>
    /// <param name="generation">The oldest generation to collect.</param>
    /// <param name="longestWait">The maximum wait for the still heap of another thread.</param>
    /// <returns>Whether a collection was counted, and its duration.</returns>
    public static (bool HasRun, TimeSpan Duration) CollectOwn(int generation, TimeSpan longestWait)
    {
        using HeapFreeze.Disturbance disturbance = HeapFreeze.Disturb(longestWait);
        RefuseWhereItDoesHarm();
        long start = Stopwatch.GetTimestamp();
        int before = GC.CollectionCount(generation);
        GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
        return (GC.CollectionCount(generation) > before, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>
    /// Collects everything, blocking. A sentinel object, held by a weak handle like the watched objects, must die.
    /// </summary>
    /// <param name="longestWait">The maximum wait for the still heap of another thread.</param>
    public static CollectionStep CollectAll(TimeSpan longestWait)
    {
        using HeapFreeze.Disturbance disturbance = HeapFreeze.Disturb(longestWait);
        RefuseWhereItDoesHarm();
        int oldest = GC.MaxGeneration;
        long start = Stopwatch.GetTimestamp();
        WeakTarget sentinel = MakeSentinel();
        int before = GC.CollectionCount(oldest);
        GC.Collect(oldest, GCCollectionMode.Forced, blocking: true);
        bool ran = GC.CollectionCount(oldest) > before;
        bool died = !sentinel.IsAlive(trackResurrection: true);
        sentinel.Release();
        return new CollectionStep(CollectionStepKind.Full, oldest, Stopwatch.GetElapsedTime(start), ran, died)
        {
            PendingFinalizers = GC.GetGCMemoryInfo(GCKind.FullBlocking).FinalizationPendingCount,
        };
    }

    private static void RefuseWhereItDoesHarm()
    {
        if (FinalizerThread.IsCurrent)
        {
            throw new InvalidOperationException(
                "This is the finalizer thread (the call comes from a finalizer), and a lifetime can only be checked by "
                + "waiting for finalizers: the thread would wait for itself. Check on another thread.");
        }

        if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion || HeapFreeze.TryEndRegion()) return;
        throw new InvalidOperationException(
            "A no-GC region is active (GCSettings.LatencyMode is NoGCRegion), and a lifetime can only be checked by "
            + "collecting, which would end it. Call GC.EndNoGCRegion() first.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakTarget MakeSentinel() => new(new object());
}
