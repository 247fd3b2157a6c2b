using System.Diagnostics;
using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Rendering;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>A running check: the objects, the collections and the findings.</summary>
internal sealed class RunningCheck
{
    // The number in the runtime's documentation on unloading.
    private const int RoundsForLoadContext = 10;
    private static readonly TimeSpan s_awaitedPatience = TimeSpan.FromMilliseconds(100);
    private readonly long _start;
    private readonly IReadOnlyList<MonitoredObject> _objects;
    private readonly LifetimeOptions _options;
    private readonly Diagnoser _finder;
    private readonly List<MonitoredObject> _survivors = [];
    private CallerContext? _caller;
    private DiagnosisResult? _findings;

    public RunningCheck(
        IReadOnlyList<MonitoredObject> objects,
        LifetimeOptions options,
        Diagnoser finder,
        FastCheck? first = null)
    {
        _start = first?.Start ?? Stopwatch.GetTimestamp();
        _objects = objects;
        _options = options;
        _finder = finder;
        ProcessEnd.Notice();
        int rounds = objects.Any(o => o.IsLoadContext) ? RoundsForLoadContext : 1;
        Escalation = new Escalation([.. objects.Select(o => o.Weak)], options, rounds, first, LifetimeEngine.Current.Finalizers);
    }

    public Escalation Escalation { get; }

    /// <summary>The callback before each round of collections.</summary>
    public Action? BeforeCollect => _options.BeforeCollect;

    /// <summary>Runs it on this thread.</summary>
    public IReadOnlyList<LifetimeReport> Run()
    {
        Escalation.Run();
        Diagnose(Environment.CurrentManagedThreadId, CancellationToken.None);
        return Reports();
    }

    /// <summary>Runs the part after the first look, on another thread than the caller's.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
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
        return [.. _objects.Select(m => Report(m, cost))];
    }

    private LifetimeReport Report(MonitoredObject monitored, LifetimeCost cost)
    {
        ReportWriter writer = ReportWriter.Instance;
        if (!IsAlive(monitored)) return new LifetimeReport(monitored.Described, LifetimeVerdict.Dead, cost, writer);
        if (Escalation.NotProven is { } notProven)
        {
            var none = new PathSearchResult([], PathCertainty.Unavailable, notProven, writer);
            return new LifetimeReport(monitored.Described, LifetimeVerdict.Inconclusive, cost, writer, none);
        }

        PathSearchResult search = _findings!.For(_survivors.FindIndex(s => s == monitored));
        LifetimeVerdict verdict = VerdictClassifier.Of(search);
        if (verdict == LifetimeVerdict.Retained) EarlierLeaks.Shared.Add(monitored);
        return new LifetimeReport(monitored.Described, verdict, cost, writer, search)
        {
            Notes =
            [
                .. ContextNotes(),
                .. FinalizerNotes(search),
                .. CollectionNotes.Of(Escalation.Steps),
                .. EnvironmentNotes.Notes(),
            ],
        };
    }

    // Diagnoses the objects that outlived the escalation, unless the collections are not proven.
    private void Diagnose(int assertingThread, CancellationToken cancellationToken)
    {
        if (Escalation.NotProven is null) _survivors.AddRange(_objects.Where(IsAlive));
        if (_survivors.Count == 0) return;
        bool finalizerIsStuck = Escalation.UnendedFinalizers is { LacksThread: false, IsAtProcessEnd: false };
        var deadline = new Deadline(_options.TimeBudget, Escalation.TimeUsed);
        Func<CancellationToken, DiagnosisResult> diagnose = _finder.Diagnose(
            [.. _survivors.Select(o => o.Weak)],
            _options.TrackResurrection,
            _options,
            assertingThread,
            deadline,
            finalizerIsStuck);
        _findings = LifetimeEngine.Current.Thread.RunCancellable(diagnose, deadline, cancellationToken);
        if (Survivors().Any(VerdictClassifier.MayBeFreedByFinalizer)) Escalation.RunChainOfFinalizers(cancellationToken);
        // An object without a durable holder gets one more look: it may have died meanwhile, and a race is no leak.
        bool allDurable = Survivors().All(VerdictClassifier.IsDurable);
        if (!allDurable) _ = Escalation.AllDeadAfterAnotherLook();
    }

    private IEnumerable<PathSearchResult> Survivors() => _survivors.Select((_, i) => _findings!.For(i));

    private string[] ContextNotes() => _caller is not null && ContextNote.Of(_caller) is { } note ? [note] : [];

    private IReadOnlyList<string> FinalizerNotes(PathSearchResult search)
    {
        if (Escalation.UnendedFinalizers is { } unended)
            return FinalizerNote.Of(unended, _findings?.StuckFinalizer ?? []);
        return Escalation.IsCutShort && VerdictClassifier.MayBeFreedByFinalizer(search) ? [FinalizerNote.CutShort] : [];
    }

    private bool IsAlive(MonitoredObject monitored) => monitored.Weak.IsAlive(_options.TrackResurrection);
}
