using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost;

/// <summary>Checks with the minimum memory for their diagnosis.</summary>
internal static class MemoryBudget
{
    private const int Nodes = 500_000, LargeArrays = 20, LargeArray = 10 << 20;
    private static readonly LifetimeOptions s_options = new()
    {
        MemoryBudget = 1 << 20,
        Snapshots = [SnapshotKind.Clone],
        TimeBudget = TimeSpan.FromMinutes(1)
    };

    /// <param name="what">
    /// far: no path is found; near: the path is found, but a full search is not possible; large: the heap is too large
    /// to mark.
    /// </param>
    /// <param name="where">The place of the search.</param>
    public static int Run(string what, string where)
    {
        if (where == "outside") AppContext.SetSwitch(SnapshotRunner.SearchInCloneSwitch, false);
        LifeTimeMonitor monitor = what == "far" ? LeakBehind(Nodes) : Holder.LeakThroughList();
        if (what == "near") Holder.Field = Chain(Nodes, last: null);
        if (what == "large") Holder.Field = Enumerable.Range(0, LargeArrays).Select(_ => new byte[LargeArray]).ToArray();
        LifetimeReport report = monitor.Check(s_options);
        Console.WriteLine(report);
        return report.Verdict is LifetimeVerdict.Retained or LifetimeVerdict.Alive && Leftovers.IsNothing() ? 0 : 1;
    }

    private static LifeTimeMonitor LeakBehind(int nodes) => LifeTimeMonitor.Track(() =>
    {
        var leaked = new Leaked();
        Holder.Field = Chain(nodes, leaked);
        return leaked;
    });

    private static Node? Chain(int nodes, object? last)
    {
        Node? chain = null;
        for (int i = 0; i < nodes; i++) chain = new Node(chain, i == 0 ? last : null);
        return chain;
    }

    private sealed record Node(Node? Next, object? Last);
}
