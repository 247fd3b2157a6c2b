using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Under load, walks all stacks that may be walked, at any point of exception handling; a check walks only one.
/// </summary>
internal static class Walks
{
    private const int BetweenReports = 100;

    public static int Run(int snapshots)
    {
        using var load = new Load();
        var caches = new HeapCaches();
        var linux = new ChangedRequest();
        int walked = 0, refused = 0, roots = 0;
        for (int i = 1; i <= snapshots; i++)
        {
            using ProcessSnapshot snapshot = new SnapshotLadder(linux).Take(SnapshotKind.Clone);
            using var heap = SnapshotHeap.Open(snapshot, caches, searchInside: false);
            foreach (int thread in heap.Stacks.ThreadIds)
            {
                if (heap.Stacks.Walk(thread) is not { } found)
                {
                    refused++;
                    continue;
                }

                walked++;
                roots += found.Count;
            }

            if (i % BetweenReports == 0 || i == snapshots)
                Console.WriteLine(
                    $"{i} snapshots, {linux.Clones} clones made for them: {walked} stacks walked, {refused} not; " +
                    $"{roots} roots");
        }

        return walked > 0 && Leftovers.IsNothing() ? 0 : 1;
    }
}
