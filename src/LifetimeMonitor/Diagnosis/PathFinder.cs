using LifetimeMonitor.Collecting;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Snapshots;

namespace LifetimeMonitor.Diagnosis;

/// <summary>From weak handles to named paths: takes the first rung of the ladder that can be had, and says why others could not.</summary>
internal sealed class PathFinder
{
    private static readonly Rungs s_rungs = new(new SnapshotLadder().Take);

    public static PathSearchResult ToNearestRoot(WeakTarget target, LifetimeOptions options)
    {
        LifetimeOptions nearestOnly = options with { MaxPaths = 1, MeasureRetained = false };
        PathSearchResult result = DiagnosisThread.Shared.Run(Diagnose([target], trackResurrection: true, nearestOnly), options.TimeBudget).For(0);
        return result with { Paths = [.. result.Paths.Select(p => p.WithoutBlame())] };
    }

    public static PathSearchResult Between(WeakTarget from, WeakTarget to, LifetimeOptions options)
    {
        (nint start, nint end) = (from.Cell(trackResurrection: true), to.Cell(trackResurrection: true));
        return DiagnosisThread.Shared.Run(
            stop => OnSnapshot(options, (heap, _) => ObjectToObject.Search(heap, heap.TargetOf(start), heap.TargetOf(end), options, stop)),
            options.TimeBudget).For(0);
    }

    /// <summary>A diagnosis of some objects, to be run on the <see cref="DiagnosisThread"/>.</summary>
    public static Func<CancellationToken, Findings> Diagnose(IReadOnlyList<WeakTarget> targets, bool trackResurrection, LifetimeOptions options)
    {
        // Cells are numbers: the thread of the diagnosis holds nothing that leads to an object under test.
        nint[] cells = [.. targets.Select(t => t.Cell(trackResurrection))];
        int asserting = Environment.CurrentManagedThreadId;
        return stop => OnSnapshot(options, (heap, mode) =>
            new RootSearch(heap, mode, asserting, options, stop).Search([.. cells.Select(heap.TargetOf)]));
    }

    private static Findings OnSnapshot(LifetimeOptions options, Func<SnapshotHeap, PathsMode, Findings> search)
    {
        (PathsMode mode, string? complaint) = PathsSwitch.Parse(Environment.GetEnvironmentVariable(PathsSwitch.Variable));
        if (mode == PathsMode.Off) return Findings.Unavailable($"{PathsSwitch.Variable} is off");
        List<string> refusals = complaint is null ? [] : [complaint];
        foreach (SnapshotKind kind in options.Snapshots)
        {
            if (s_rungs.Search(kind, heap => search(heap, mode), refusals) is { } findings)
                return findings with { Snapshot = kind, SnapshotReason = refusals.Count > 0 ? string.Join("; ", refusals) : null };
        }

        return Findings.Unavailable(refusals.Count > 0 ? string.Join("; ", refusals) : "LifetimeOptions.Snapshots is empty");
    }
}
