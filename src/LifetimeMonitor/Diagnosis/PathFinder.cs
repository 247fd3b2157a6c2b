using System.Diagnostics;
using LifetimeMonitor.Collecting;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Statics;
using LifetimeMonitor.Snapshots;

namespace LifetimeMonitor.Diagnosis;

/// <summary>From weak handles to named paths: takes the first rung of the ladder that can be had, and says why others could not.</summary>
internal sealed class PathFinder
{
    /// <summary>Off, a clone is searched from outside, as other snapshots are.</summary>
    public const string SearchInCloneSwitch = "LifetimeMonitor.SearchInClone";

    private static readonly SnapshotLadder s_ladder = new();
    private static readonly StaticStorageCache s_storages = new();

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
            if (Attempt(kind, heap => search(heap, mode), refusals) is { } findings)
                return findings with { Snapshot = kind, SnapshotReason = refusals.Count > 0 ? string.Join("; ", refusals) : null };
        }

        return Findings.Unavailable(refusals.Count > 0 ? string.Join("; ", refusals) : "LifetimeOptions.Snapshots is empty");
    }

    private static Findings? Attempt(SnapshotKind kind, Func<SnapshotHeap, Findings> search, List<string> refusals)
    {
        try
        {
            bool searchInside = !AppContext.TryGetSwitch(SearchInCloneSwitch, out bool on) || on;
            try
            {
                return OnSnapshot(kind, searchInside, search);
            }
            catch (SearchLostException e) when (searchInside)
            {
                // The answer is not lost with it: a fresh copy is searched from outside.
                refusals.Add($"{kind}: the search inside it was lost ({e.Message}), and was made from outside");
                return OnSnapshot(kind, searchInside: false, search);
            }
        }
        catch (SnapshotRefusedException e)
        {
            refusals.Add($"{kind}: {e.Message}");
        }
#pragma warning disable CA1031 // Whatever one rung runs into, the next may do without.
        catch (Exception e)
#pragma warning restore CA1031
        {
            refusals.Add($"{kind}: {e.GetType().Name}: {e.Message}");
        }

        return null;
    }

    private static Findings OnSnapshot(SnapshotKind kind, bool searchInside, Func<SnapshotHeap, Findings> search)
    {
        long start = Stopwatch.GetTimestamp();
        using ProcessSnapshot snapshot = s_ladder.Take(kind);
        using var heap = SnapshotHeap.Open(snapshot, s_storages, searchInside);
        TimeSpan opened = Stopwatch.GetElapsedTime(start);
        Findings findings = search(heap);
        return findings with { SnapshotTime = opened, SearchTime = Stopwatch.GetElapsedTime(start) - opened };
    }
}
