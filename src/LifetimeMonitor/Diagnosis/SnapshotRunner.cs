using System.Diagnostics;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>Takes a snapshot of one kind and searches it, inside the snapshot where possible.</summary>
/// <param name="take">Takes a snapshot.</param>
/// <param name="caches">The memory and the knowledge that snapshots share; null for none from earlier ones.</param>
internal sealed class SnapshotRunner(
    Func<SnapshotKind, TimeLimit, ProcessSnapshot> take,
    HeapCaches? caches = null)
{
    /// <summary>When off, a clone is searched from outside, like other snapshots.</summary>
    public const string SearchInCloneSwitch = "LifetimeMonitor.SearchInClone";

    private readonly HeapCaches _caches = caches ?? new HeapCaches();

    /// <summary>The findings, or null when the rung is not available.</summary>
    /// <param name="kind">The rung.</param>
    /// <param name="memoryBudget">The memory limit of one search, in bytes.</param>
    /// <param name="search">The search of the heap.</param>
    /// <param name="refusals">Collects the reasons why the rung, or a better way to search it, failed.</param>
    /// <param name="limit">Once it is over, nothing new begins.</param>
    public DiagnosisResult? Search(
        SnapshotKind kind,
        long memoryBudget,
        Func<SnapshotHeap, DiagnosisResult> search,
        List<string> refusals,
        TimeLimit limit)
    {
        try
        {
            bool inside = !AppContext.TryGetSwitch(SearchInCloneSwitch, out bool on) || on;
            try
            {
                return OnSnapshot(() => take(kind, limit), inside, memoryBudget, search);
            }
            catch (SearchLostException e) when (inside && !limit.Stop.IsCancellationRequested)
            {
                // The search is not lost with the clone: a fresh one is searched from outside.
                refusals.Add($"{kind}: the search inside it was lost ({e.Message}), and was made from outside");
                return OnSnapshot(() => take(kind, limit), searchInside: false, memoryBudget, search);
            }
        }
        catch (SnapshotRefusedException e)
        {
            refusals.Add($"{kind}: {e.Message}");
        }
#pragma warning disable CA1031 // The next rung may work without the failed part.
        catch (Exception e)
#pragma warning restore CA1031
        {
            refusals.Add($"{kind}: {e.GetType().Name}: {e.Message}");
        }

        return null;
    }

    private DiagnosisResult OnSnapshot(
        Func<ProcessSnapshot> takeOne,
        bool searchInside,
        long memoryBudget,
        Func<SnapshotHeap, DiagnosisResult> search)
    {
        long start = Stopwatch.GetTimestamp();
        ThreadDataLayout.MarkThread();
        using ProcessSnapshot snapshot = takeOne();
        using var heap = SnapshotHeap.Open(snapshot, _caches, searchInside, memoryBudget);
        TimeSpan opened = Stopwatch.GetElapsedTime(start);
        DiagnosisResult findings = search(heap);
        return findings with { SnapshotTime = opened, SearchTime = Stopwatch.GetElapsedTime(start) - opened };
    }
}
