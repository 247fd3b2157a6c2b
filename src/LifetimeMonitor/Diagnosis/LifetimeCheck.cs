using System.Diagnostics;
using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Rendering;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// The whole check of some objects at once: collect, read the weak handles, and diagnose the living objects on one
/// snapshot. Only the weak handles decide between dead and alive; the diagnosis only refines the verdict of a living
/// object.
/// </summary>
internal static class LifetimeCheck
{
    public static IReadOnlyList<LifetimeReport> Run(
        IReadOnlyList<MonitoredObject> objects,
        LifetimeOptions options,
        Diagnoser? finder = null,
        FastCheck? first = null)
    {
        using Interruption.Section section = Interruption.PutOff();
        return objects.Count == 0
            ? []
            : new RunningCheck(objects, options, finder ?? LifetimeEngine.Current.Diagnoser, first).Run();
    }

    /// <summary>The same, asynchronously.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="options">The options of the check.</param>
    /// <param name="conclude">Turns the reports into the result of the task, or throws its exception.</param>
    /// <param name="cancellationToken">Ends the check without a verdict.</param>
    /// <param name="first">An earlier look; null for none.</param>
    public static Task<T> RunAsync<T>(
        IReadOnlyList<MonitoredObject> objects,
        LifetimeOptions options,
        Func<IReadOnlyList<LifetimeReport>, T> conclude,
        CancellationToken cancellationToken,
        FastCheck? first = null)
    {
        using Interruption.Section section = Interruption.PutOff();
        if (objects.Count == 0) return Outcome.Of(() => conclude([]));
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var check = new RunningCheck(objects, options, LifetimeEngine.Current.Diagnoser, first);
        bool lives = false;
        Task<T> ended = Outcome.Of(
            () => (lives = check.Escalation.LivesAfterFirstLook()) ? default! : conclude(check.Reports()));
        return lives ? AwaitedCheck<T>.Begin(check, conclude, cancellationToken) : ended;
    }

    /// <summary>Throws when an object lives. An object that dies at the first look costs only one collection.</summary>
    public static void RequireDead(MonitoredObject monitored, LifetimeOptions options)
    {
        using Interruption.Section section = Interruption.PutOff();
        var first = FastCheck.At(monitored.Weak, options);
        if (first.FoundDead) monitored.Answered(passed: true);
        else RequireDead([monitored], Run([monitored], options, first: first));
    }

    /// <summary>The same, asynchronously.</summary>
    public static Task RequireDeadAsync(
        MonitoredObject monitored,
        LifetimeOptions options,
        CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        using Interruption.Section section = Interruption.PutOff();
        FastCheck first;
        try
        {
            first = FastCheck.At(monitored.Weak, options);
        }
#pragma warning disable CA1031 // The task carries it to the method that awaits it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Outcome.Failed<bool>(e);
        }

        if (!first.FoundDead) return RequireDeadAsync([monitored], options, cancellationToken, first);
        monitored.Answered(passed: true);
        return Task.CompletedTask;
    }

    public static Task RequireDeadAsync(
        IReadOnlyList<MonitoredObject> objects,
        LifetimeOptions options,
        CancellationToken cancellationToken,
        FastCheck? first = null) =>
        RunAsync(
            objects,
            options,
            reports =>
            {
                RequireDead(objects, reports);
                return true;
            },
            cancellationToken,
            first);

    public static void RequireDead(IReadOnlyList<MonitoredObject> objects, LifetimeOptions options) =>
        RequireDead(objects, Run(objects, options));

    private static void RequireDead(IReadOnlyList<MonitoredObject> objects, IReadOnlyList<LifetimeReport> reports)
    {
        for (int i = 0; i < objects.Count; i++) objects[i].Answered(reports[i].Passes);
        LifetimeReport[] alive = [.. reports.Where(r => !r.Passes)];
        if (alive.Length > 0) throw NotDead(alive);
    }

    /// <summary>The report of an object that was dead before the check.</summary>
    public static LifetimeReport Dead(TrackedObject target) => new(
        target,
        LifetimeVerdict.Dead,
        new LifetimeCost([], TimeSpan.Zero),
        ReportWriter.Instance);

    public static void RequireAlive(MonitoredObject monitored)
    {
        using Interruption.Section section = Interruption.PutOff();
        long start = Stopwatch.GetTimestamp();
        CollectionStep step = Collector.CollectAll(LifetimeOptions.Default.TimeBudget);
        if (monitored.Weak.IsAlive(trackResurrection: false)) return;
        var cost = new LifetimeCost([step], Stopwatch.GetElapsedTime(start));
        throw NotAlive(new LifetimeReport(monitored.Described, LifetimeVerdict.Dead, cost, ReportWriter.Instance));
    }

    public static ObjectNotDeadException NotDead(IReadOnlyList<LifetimeReport> alive) => new(alive, ReportText.Render(alive));

    public static ObjectNotAliveException NotAlive(LifetimeReport report) =>
        new(report, ReportText.RenderNotAlive(report));
}
