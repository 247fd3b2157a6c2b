using System.Diagnostics;
using LifetimeMonitor.Collecting;

namespace LifetimeMonitor.Diagnosis;

/// <summary>A check under way: the objects, what was collected, what was found.</summary>
internal sealed class RunningCheck
{
    // As the runtime's documentation on unloading has it.
    private const int RoundsForLoadContext = 10;
    private static readonly TimeSpan s_awaitedPatience = TimeSpan.FromMilliseconds(100);
    private readonly long _start;
    private readonly IReadOnlyList<LifeTimeMonitor> _monitors;
    private readonly LifetimeOptions _options;
    private readonly PathFinder _finder;
    private readonly List<LifeTimeMonitor> _survivors = [];
    private CallerContext? _caller;
    private Findings? _findings;

    public RunningCheck(IReadOnlyList<LifeTimeMonitor> monitors, LifetimeOptions options, PathFinder finder, FirstLook? first = null)
    {
        _start = first?.Start ?? Stopwatch.GetTimestamp();
        _monitors = monitors;
        _options = options;
        _finder = finder;
        ProcessEnd.Notice();
        int rounds = monitors.Any(m => m.IsLoadContext) ? RoundsForLoadContext : 1;
        Escalation = new Escalation([.. monitors.Select(m => m.WeakTarget)], options, rounds, first);
    }

    public Escalation Escalation { get; }

    /// <summary>What to call before each round of collecting.</summary>
    public Action? BeforeCollect => _options.BeforeCollect;

    /// <summary>Makes it on this thread.</summary>
    public IReadOnlyList<LifetimeReport> Run()
    {
        Escalation.Run();
        Diagnose(Environment.CurrentManagedThreadId, CancellationToken.None);
        return Reports();
    }

    /// <summary>Makes it, from after the first look on, on another thread than that of the caller.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<LifetimeReport> RunBeside(CallerContext caller, CancellationToken cancellationToken)
    {
        _caller = caller;
        Escalation.RunBeside(caller, _options.Patience ?? s_awaitedPatience, cancellationToken);
        Diagnose(caller.ThreadId, cancellationToken);
        return Reports();
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
        return new LifetimeReport(monitor.Target, Verdicts.Of(search), cost)
        {
            Search = search,
            Notes = [.. ContextNotes(), .. FinalizerNotes(search), .. CollectionNotes.Of(Escalation.Steps), .. Circumstances.Notes()],
        };
    }

    // What outlived the escalation; not when nobody may be accused.
    private void Diagnose(int assertingThread, CancellationToken cancellationToken)
    {
        if (Escalation.NotProven is null) _survivors.AddRange(_monitors.Where(IsAlive));
        if (_survivors.Count == 0) return;
        bool finalizerIsStuck = Escalation.UnendedFinalizers is { LacksThread: false, IsAtProcessEnd: false };
        var deadline = new Deadline(_options.TimeBudget, Escalation.TimeUsed);
        Func<CancellationToken, Findings> diagnose = _finder.Diagnose(
            [.. _survivors.Select(m => m.WeakTarget)], _options.TrackResurrection, _options, assertingThread, deadline, finalizerIsStuck);
        _findings = DiagnosisThread.Shared.RunCancellable(diagnose, deadline, cancellationToken);
        if (Survivors().Any(Verdicts.MayBeFreedByFinalizer)) Escalation.RunChainOfFinalizers(cancellationToken);
        // What nothing durable holds gets one more look: it may have died meanwhile, and nobody is accused of a race.
        bool allDurable = Survivors().All(Verdicts.IsDurable);
        if (!allDurable) _ = Escalation.AllDeadAfterAnotherLook();
    }

    private IEnumerable<PathSearchResult> Survivors() => _survivors.Select((_, i) => _findings!.For(i));

    private string[] ContextNotes() => _caller is not null && ContextNote.Of(_caller) is { } note ? [note] : [];

    private IReadOnlyList<string> FinalizerNotes(PathSearchResult search)
    {
        if (Escalation.UnendedFinalizers is { } unended) return FinalizerNote.Of(unended, _findings?.StuckFinalizer ?? []);
        return Escalation.IsCutShort && Verdicts.MayBeFreedByFinalizer(search) ? [FinalizerNote.CutShort] : [];
    }

    private bool IsAlive(LifeTimeMonitor monitor) => monitor.WeakTarget.IsAlive(_options.TrackResurrection);
}
