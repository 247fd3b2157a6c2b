using System.Diagnostics;
using LifetimeMonitor.Collecting;

namespace LifetimeMonitor.Diagnosis;

/// <summary>A check under way: the objects, what was collected, what was found.</summary>
internal sealed class RunningCheck
{
    // As the runtime's documentation on unloading has it.
    private const int RoundsForLoadContext = 10;
    private readonly long _start;
    private readonly IReadOnlyList<LifeTimeMonitor> _monitors;
    private readonly LifetimeOptions _options;
    private readonly List<LifeTimeMonitor> _survivors = [];
    private Findings? _findings;

    public RunningCheck(IReadOnlyList<LifeTimeMonitor> monitors, LifetimeOptions options, FirstLook? first = null)
    {
        _start = first?.Start ?? Stopwatch.GetTimestamp();
        _monitors = monitors;
        _options = options;
        Escalation = new Escalation([.. monitors.Select(m => m.WeakTarget)], options, monitors.Any(m => m.IsLoadContext) ? RoundsForLoadContext : 1, first);
    }

    public Escalation Escalation { get; }

    /// <summary>Whether objects outlived the escalation, to be diagnosed; not when nobody may be accused.</summary>
    public bool HasSurvivors()
    {
        if (Escalation.NotProven is null) _survivors.AddRange(_monitors.Where(IsAlive));
        return _survivors.Count > 0;
    }

    /// <summary>What is left of the time budget after finalizers.</summary>
    public Deadline Deadline() => new(_options.TimeBudget, Escalation.TimeOnFinalizers);

    /// <summary>The diagnosis of the survivors, to be run on the <see cref="DiagnosisThread"/>.</summary>
    public Func<CancellationToken, Findings> Diagnosis(PathFinder finder, Deadline deadline) => finder.Diagnose(
        [.. _survivors.Select(m => m.WeakTarget)],
        _options.TrackResurrection,
        _options,
        deadline,
        Escalation.UnendedFinalizers is { LacksThread: false });

    /// <summary>Takes the findings. What nothing durable holds gets one more look: it may have died meanwhile, and nobody is accused of a race.</summary>
    public void Conclude(Findings findings)
    {
        _findings = findings;
        bool allDurable = Enumerable.Range(0, _survivors.Count).All(i => Verdicts.IsDurable(findings.For(i)));
        if (!allDurable) _ = Escalation.AllDeadAfterAnotherLook();
    }

    public IReadOnlyList<LifetimeReport> Reports()
    {
        var cost = new LifetimeCost([.. Escalation.Steps], Stopwatch.GetElapsedTime(_start))
        {
            Snapshot = _findings?.Snapshot ?? SnapshotKind.None,
            SnapshotReason = _findings?.SnapshotReason,
            SnapshotTime = _findings?.SnapshotTime ?? TimeSpan.Zero,
            SearchTime = _findings?.SearchTime ?? TimeSpan.Zero,
            ObjectsSearched = _findings?.ObjectsSearched ?? 0,
        };
        return [.. _monitors.Select(m => Report(m, cost))];
    }

    private LifetimeReport Report(LifeTimeMonitor monitor, LifetimeCost cost)
    {
        if (!IsAlive(monitor)) return new LifetimeReport(monitor.Target, LifetimeVerdict.Dead, cost);
        if (Escalation.NotProven is { } notProven)
        {
            return new LifetimeReport(monitor.Target, LifetimeVerdict.Inconclusive, cost)
            {
                Search = new PathSearchResult([], PathCertainty.Unavailable, notProven),
            };
        }

        PathSearchResult search = _findings!.For(_survivors.IndexOf(monitor));
        return new LifetimeReport(monitor.Target, Verdicts.Of(search), cost) { Search = search, Notes = [.. FinalizerNotes(search), .. CollectionNotes.Of(Escalation.Steps), .. Circumstances.Notes()] };
    }

    private string[] FinalizerNotes(PathSearchResult search) => Escalation.UnendedFinalizers switch
    {
        null when Escalation.IsCutShort && search.Path?.Kind is null or RootKind.StrongHandle or RootKind.PinnedHandle => ["Every collection still found objects to finalize, so a finalizer may yet let go of what holds the object."],
        null => [],
        { LacksThread: true } => ["Finalizers were not waited for, because the system gives no thread to do it on: a pending one may hold the object."],
        { Duration: var time } => [$"Pending finalizers did not end within {Quantity.Seconds(time)}: one of them is stuck, and what it holds stays alive.", .. _findings?.StuckFinalizer ?? []],
    };

    private bool IsAlive(LifeTimeMonitor monitor) => monitor.WeakTarget.IsAlive(_options.TrackResurrection);
}
