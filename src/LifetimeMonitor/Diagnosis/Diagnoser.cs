using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// From weak handles to named paths: takes the first available rung of the ladder, and reports why the others failed.
/// </summary>
/// <param name="ladder">Takes the snapshots.</param>
/// <param name="version">The version of the runtime; null for that of this process.</param>
/// <param name="engine">Holds the objects that diagnoses share; null for the engine of this process.</param>
internal sealed class Diagnoser(SnapshotLadder ladder, RuntimeVersion? version = null, LifetimeEngine? engine = null)
{
    private readonly LifetimeEngine _engine = engine ??= LifetimeEngine.Current;
    private readonly SnapshotRunner _rungs = new(ladder.Take, new HeapCaches(engine.Scratch, version));

    public PathSearchResult ToNearestRoot(WeakTarget target, LifetimeOptions options)
    {
        LifetimeOptions nearestOnly = options with { MaxPaths = 1, MeasureRetained = false };
        var deadline = new Deadline(options.TimeBudget);
        int asserting = Environment.CurrentManagedThreadId;
        Func<CancellationToken, DiagnosisResult> diagnosis =
            Diagnose([target], trackResurrection: true, nearestOnly, asserting, deadline);
        return _engine.Thread.Run(diagnosis, deadline).For(0).WithoutBlame();
    }

    public PathSearchResult Between(WeakTarget from, WeakTarget to, LifetimeOptions options)
    {
        if (!ManagedRuntime.IsHere) return DiagnosisResult.Unavailable(ManagedRuntime.Native).For(0);
        var deadline = new Deadline(options.TimeBudget);
        (nint start, nint end) = (from.Cell(trackResurrection: true), to.Cell(trackResurrection: true));
        return _engine.Thread.Run(
            stop => OnSnapshot(
                options,
                (heap, _) => PathBetween.Search(heap, heap.TargetOf(start), heap.TargetOf(end), options, stop),
                new TimeLimit(deadline, stop)),
            deadline).For(0);
    }

    /// <summary>A diagnosis of some objects, to be run on the <see cref="DiagnosisThread"/>.</summary>
    public Func<CancellationToken, DiagnosisResult> Diagnose(
        IReadOnlyList<WeakTarget> targets,
        bool trackResurrection,
        LifetimeOptions options,
        int asserting,
        Deadline deadline,
        bool finalizerIsStuck = false)
    {
        if (!ManagedRuntime.IsHere) return _ => DiagnosisResult.Unavailable(ManagedRuntime.Native);
        // Cells are numbers: the thread of the diagnosis holds no reference that leads to an object under test.
        nint[] cells = [.. targets.Select(t => t.Cell(trackResurrection))];
        IReadOnlyList<EarlierLeak> earlier = EarlierLeaks.Shared.Except(targets);
        return stop => OnSnapshot(
            options,
            (heap, mode) =>
                new RetentionAnalysis(heap, mode, asserting, earlier, options, stop)
                    .Search(Array.ConvertAll(cells, heap.TargetOf)) with
                {
                    StuckFinalizer = finalizerIsStuck ? StuckFinalizer.Describe(heap, mode) : [],
                },
            new TimeLimit(deadline, stop));
    }

    /// <summary>Takes a snapshot, searches it, and reports the duration of both.</summary>
    public DiagnosisResult OnSnapshot(
        LifetimeOptions options,
        Func<SnapshotHeap, PathsMode, DiagnosisResult> search,
        TimeLimit limit)
    {
        (PathsMode mode, string? complaint) =
            PathsSwitch.Parse(Environment.GetEnvironmentVariable(PathsSwitch.Variable));
        if (mode == PathsMode.Off) return DiagnosisResult.Unavailable($"{PathsSwitch.Variable} is off");
        if (ladder.Shortage() is { } shortage) return DiagnosisResult.Unavailable(shortage);
        List<string> refusals = complaint is null ? [] : [complaint];
        if (mode == PathsMode.Full && _engine.Breadcrumb.WasLeft)
        {
            mode = PathsMode.Safe;
            refusals.Add(
                "an earlier run of this program ended while the runtime's debugging component walked a stack, so this "
                + $"run does not ask it to ({PathsSwitch.Variable}=safe keeps it so)");
        }

        foreach (SnapshotKind kind in SnapshotLadder.OfThisSystem(options.Snapshots))
        {
            if (limit.Stop.IsCancellationRequested) break;
            if (_rungs.Search(kind, options.MemoryBudget, heap => search(heap, mode), refusals, limit) is { } findings)
                return findings with
                {
                    Snapshot = kind,
                    SnapshotReason = refusals.Count > 0 ? string.Join("; ", refusals) : null,
                };
        }

        return DiagnosisResult.Unavailable(refusals.Count > 0 ? string.Join("; ", refusals)
            : limit.Stop.IsCancellationRequested ? "the time budget ended before a snapshot was made"
            : "LifetimeOptions.Snapshots is empty");
    }
}
