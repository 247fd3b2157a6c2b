using System.Diagnostics;
using LifetimeMonitor.Collecting;

namespace LifetimeMonitor.Diagnosis;

/// <summary>
/// The whole check of some objects at once: collect, look at the weak handles, and diagnose those that live on one snapshot.
/// The weak handles alone decide who is dead; what the diagnosis finds decides only the word for being alive.
/// </summary>
internal static class LifetimeCheck
{
    public static IReadOnlyList<LifetimeReport> Run(IReadOnlyList<LifeTimeMonitor> monitors, LifetimeOptions options, PathFinder? finder = null, FirstLook? first = null)
    {
        using Interruption.Section section = Interruption.PutOff();
        return monitors.Count == 0 ? [] : new RunningCheck(monitors, options, finder ?? PathFinder.Shared, first).Run();
    }

    /// <summary>The same, asynchronously.</summary>
    /// <param name="monitors">The objects.</param>
    /// <param name="options">How to check.</param>
    /// <param name="conclude">Makes of the reports what the task brings, or throws what it fails with.</param>
    /// <param name="cancellationToken">Ends the check without a verdict.</param>
    /// <param name="first">A look that was taken before.</param>
    public static Task<T> RunAsync<T>(
        IReadOnlyList<LifeTimeMonitor> monitors,
        LifetimeOptions options,
        Func<IReadOnlyList<LifetimeReport>, T> conclude,
        CancellationToken cancellationToken,
        FirstLook? first = null)
    {
        using Interruption.Section section = Interruption.PutOff();
        if (monitors.Count == 0) return Outcome.Of(() => conclude([]));
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var check = new RunningCheck(monitors, options, PathFinder.Shared, first);
        bool lives = false;
        Task<T> ended = Outcome.Of(() => (lives = check.Escalation.LivesAfterFirstLook()) ? default! : conclude(check.Reports()));
        return lives ? AwaitedCheck<T>.Begin(check, conclude, cancellationToken) : ended;
    }

    /// <summary>Throws when an object lives. One that dies at the first look costs a collection and nothing else.</summary>
    public static void RequireDead(LifeTimeMonitor monitor, LifetimeOptions options)
    {
        using Interruption.Section section = Interruption.PutOff();
        var first = FirstLook.At(monitor.WeakTarget, options);
        if (!first.FoundDead) RequireDead(Run([monitor], options, first: first));
    }

    /// <summary>The same, asynchronously.</summary>
    public static Task RequireDeadAsync(LifeTimeMonitor monitor, LifetimeOptions options, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        using Interruption.Section section = Interruption.PutOff();
        FirstLook first;
        try
        {
            first = FirstLook.At(monitor.WeakTarget, options);
        }
#pragma warning disable CA1031 // Whoever awaits the task gets it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Outcome.Failed<bool>(e);
        }

        return first.FoundDead ? Task.CompletedTask : RequireDeadAsync([monitor], options, cancellationToken, first);
    }

    public static Task RequireDeadAsync(
        IReadOnlyList<LifeTimeMonitor> monitors, LifetimeOptions options, CancellationToken cancellationToken, FirstLook? first = null) =>
        RunAsync(
            monitors,
            options,
            static reports =>
            {
                RequireDead(reports);
                return true;
            },
            cancellationToken,
            first);

    public static void RequireDead(IReadOnlyList<LifetimeReport> reports)
    {
        LifetimeReport[] alive = [.. reports.Where(r => !r.Passes)];
        if (alive.Length > 0) throw new ObjectNotDeadException(alive);
    }

    public static void RequireAlive(LifeTimeMonitor monitor)
    {
        using Interruption.Section section = Interruption.PutOff();
        long start = Stopwatch.GetTimestamp();
        CollectionStep step = Collector.CollectAll(LifetimeOptions.Default.TimeBudget);
        if (monitor.IsAlive) return;
        throw new ObjectNotAliveException(new LifetimeReport(
            monitor.Target,
            LifetimeVerdict.Dead,
            new LifetimeCost([step], Stopwatch.GetElapsedTime(start))));
    }
}
