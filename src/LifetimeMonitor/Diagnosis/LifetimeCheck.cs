using System.Diagnostics;
using LifetimeMonitor.Collecting;

namespace LifetimeMonitor.Diagnosis;

/// <summary>
/// The whole check of some objects at once: collect, look at the weak handles, and diagnose those that live on one snapshot.
/// The weak handles alone decide who is dead; what the diagnosis finds decides only the word for being alive.
/// </summary>
internal static class LifetimeCheck
{
    private static readonly TimeSpan s_asynchronousPatience = TimeSpan.FromMilliseconds(100);

    public static IReadOnlyList<LifetimeReport> Run(IReadOnlyList<LifeTimeMonitor> monitors, LifetimeOptions options, PathFinder? finder = null, FirstLook? first = null)
    {
        if (monitors.Count == 0) return [];
        var check = new RunningCheck(monitors, options, first);
        check.Escalation.Run();
        if (check.HasSurvivors())
        {
            Deadline deadline = check.Deadline();
            Func<CancellationToken, Findings> diagnosis = check.Diagnosis(finder ?? PathFinder.Shared, deadline);
            check.Conclude(DiagnosisThread.Shared.Run(diagnosis, deadline));
        }

        return check.Reports();
    }

    public static async Task<IReadOnlyList<LifetimeReport>> RunAsync(IReadOnlyList<LifeTimeMonitor> monitors, LifetimeOptions options, CancellationToken cancellationToken, FirstLook? first = null)
    {
        if (monitors.Count == 0) return [];
        var check = new RunningCheck(monitors, options, first);
        await check.Escalation.RunAsync(options.Patience ?? s_asynchronousPatience, cancellationToken).ConfigureAwait(true);
        if (check.HasSurvivors())
        {
            Deadline deadline = check.Deadline();
            Func<CancellationToken, Findings> diagnosis = check.Diagnosis(PathFinder.Shared, deadline);
            check.Conclude(await DiagnosisThread.Shared.RunAsync(diagnosis, deadline, cancellationToken).ConfigureAwait(true));
        }

        return check.Reports();
    }

    /// <summary>Throws when an object lives. One that dies at the first look costs a collection and nothing else.</summary>
    public static void RequireDead(LifeTimeMonitor monitor, LifetimeOptions options)
    {
        var first = FirstLook.At(monitor.WeakTarget, options);
        if (!first.FoundDead) RequireDead(Run([monitor], options, first: first));
    }

    /// <summary>The same, asynchronously.</summary>
    public static async Task RequireDeadAsync(LifeTimeMonitor monitor, LifetimeOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var first = FirstLook.At(monitor.WeakTarget, options);
        if (!first.FoundDead) RequireDead(await RunAsync([monitor], options, cancellationToken, first).ConfigureAwait(false));
    }

    public static void RequireDead(IReadOnlyList<LifetimeReport> reports)
    {
        LifetimeReport[] alive = [.. reports.Where(r => !r.Passes)];
        if (alive.Length > 0) throw new ObjectNotDeadException(alive);
    }

    public static void RequireAlive(LifeTimeMonitor monitor)
    {
        long start = Stopwatch.GetTimestamp();
        CollectionStep step = Collector.CollectAll();
        if (monitor.IsAlive) return;
        throw new ObjectNotAliveException(new LifetimeReport(
            monitor.Target,
            LifetimeVerdict.Dead,
            new LifetimeCost([step], Stopwatch.GetElapsedTime(start))));
    }
}
