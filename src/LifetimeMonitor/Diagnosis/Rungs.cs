using System.Diagnostics;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Statics;
using LifetimeMonitor.Snapshots;

namespace LifetimeMonitor.Diagnosis;

/// <summary>Takes a snapshot of one kind and searches it, inside it where that can be done.</summary>
internal sealed class Rungs(Func<SnapshotKind, TimeLimit, ProcessSnapshot> take)
{
    /// <summary>Off, a clone is searched from outside, as other snapshots are.</summary>
    public const string SearchInCloneSwitch = "LifetimeMonitor.SearchInClone";

    private readonly StaticStorageCache _storages = new();

    /// <summary>The findings, or null when the rung cannot be had.</summary>
    /// <param name="kind">The rung.</param>
    /// <param name="memoryBudget">What one search may take of memory, in bytes.</param>
    /// <param name="search">What to do with the heap.</param>
    /// <param name="refusals">Takes the reason why it, or a better way to search it, cannot be had.</param>
    /// <param name="limit">Told to stop, nothing is begun anew.</param>
    public Findings? Search(
        SnapshotKind kind, long memoryBudget, Func<SnapshotHeap, Findings> search, List<string> refusals, TimeLimit limit)
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
                // The answer is not lost with it: a fresh copy is searched from outside.
                refusals.Add($"{kind}: the search inside it was lost ({e.Message}), and was made from outside");
                return OnSnapshot(() => take(kind, limit), searchInside: false, memoryBudget, search);
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

    private Findings OnSnapshot(Func<ProcessSnapshot> takeOne, bool searchInside, long memoryBudget, Func<SnapshotHeap, Findings> search)
    {
        long start = Stopwatch.GetTimestamp();
        using ProcessSnapshot snapshot = takeOne();
        using var heap = SnapshotHeap.Open(snapshot, _storages, searchInside, memoryBudget);
        TimeSpan opened = Stopwatch.GetElapsedTime(start);
        Findings findings = search(heap);
        return findings with { SnapshotTime = opened, SearchTime = Stopwatch.GetElapsedTime(start) - opened };
    }
}
