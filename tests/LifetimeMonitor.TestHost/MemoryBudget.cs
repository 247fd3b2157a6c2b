using LifetimeMonitor.Diagnosis;

namespace LifetimeMonitor.TestHost;

/// <summary>Checks that have the least memory there is for their diagnosis.</summary>
internal static class MemoryBudget
{
    private const int Nodes = 500_000, LargeArrays = 20, LargeArray = 10 << 20;
    private static readonly LifetimeOptions s_options = new() { MemoryBudget = 1 << 20, Snapshots = [SnapshotKind.Clone], TimeBudget = TimeSpan.FromMinutes(1) };

    /// <param name="what">Nothing can be found; the path is, and not what takes a look at all; or the heap is too large to be marked.</param>
    /// <param name="where">Where the search is made.</param>
    public static int Run(string what, string where)
    {
        if (where == "outside") AppContext.SetSwitch(Rungs.SearchInCloneSwitch, false);
        LifeTimeMonitor monitor = what == "far" ? LeakBehind(Nodes) : Holder.LeakThroughList();
        if (what == "near") Holder.Field = Chain(Nodes, last: null);
        if (what == "large") Holder.Field = Enumerable.Range(0, LargeArrays).Select(_ => new byte[LargeArray]).ToArray();
        LifetimeReport report = monitor.Check(s_options);
        Console.WriteLine(report);
        return report.Verdict == LifetimeVerdict.Retained && Leftovers.IsNothing() ? 0 : 1;
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
