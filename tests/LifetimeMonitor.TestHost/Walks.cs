using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Statics;
using LifetimeMonitor.Snapshots;

namespace LifetimeMonitor.TestHost;

/// <summary>
/// Under load the stacks of all threads are walked that may be, wherever in the handling of an exception they are just then: far more than
/// a check does, which walks one.
/// </summary>
internal static class Walks
{
    private const int BetweenReports = 100;

    public static int Run(int snapshots)
    {
        using var load = new Load();
        var linux = new ChangedRequest();
        int walked = 0, refused = 0, roots = 0;
        for (int i = 1; i <= snapshots; i++)
        {
            using ProcessSnapshot snapshot = new SnapshotLadder(linux).Take(SnapshotKind.Clone);
            using var heap = SnapshotHeap.Open(snapshot, new StaticStorageCache(), searchInside: false);
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

            if (i % BetweenReports == 0 || i == snapshots) Console.WriteLine($"{i} snapshots, {linux.Clones} clones made for them: {walked} stacks walked, {refused} not; {roots} roots");
        }

        return walked > 0 && Leftovers.IsNothing() ? 0 : 1;
    }
}
