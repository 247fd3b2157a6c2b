using System.Globalization;
using System.Runtime.CompilerServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// A failing check of an object to which a very long path leads. Its report must be exact and count each reference. The
/// scenario prints the report, and the time of the check without its collections.
/// </summary>
internal static class LongList
{
    private static object? s_held;

    /// <param name="shape">The objects on the path.</param>
    /// <param name="nodes">The number of objects on the path.</param>
    /// <param name="checks">The number of checks, one after the other.</param>
    /// <param name="where">The place of the search: inside the clone or outside.</param>
    public static int Run(string shape, int nodes, int checks, string where)
    {
        if (where == "outside") AppContext.SetSwitch(SnapshotRunner.SearchInCloneSwitch, false);
        LifeTimeMonitor monitor = Leak(shape, nodes);
        LifetimeReport report = monitor.Check();
        for (int i = 1; i < checks; i++)
        {
            Console.WriteLine(Cost(report));
            report = monitor.Check();
        }

        Console.WriteLine(report);
        int references = (report.Paths.Count > 0 ? report.Paths[0] : null)?.Steps.Skip(1).Sum(s => Math.Max(s.Omitted, s.Repeats)) ?? 0;
        bool isRight = report is { Verdict: LifetimeVerdict.Retained, Certainty: PathCertainty.Exact }
            && (report.Paths.Count > 0 ? report.Paths[0] : null)?.Steps[^1].TypeName == "LifetimeMonitoring.TestHost.Leaked"
            && (!LongShapes.AreCounted(shape) || references == nodes);
        Console.WriteLine($"{shape}: {(isRight ? "right" : "wrong")}, {references} references; {Cost(report)}");
        return isRight && Leftovers.IsNothing() ? 0 : 1;
    }

    /// <summary>All shapes, one after the other.</summary>
    public static int RunAll(int nodes) =>
        LongShapes.All.Select(s => Run(s, nodes, checks: 1, "inside")).ToArray().Max();

    /// <summary>Many objects, far apart, in one list. Each has its own path, and the check must end in time.</summary>
    /// <param name="nodes">The length of the list.</param>
    /// <param name="values">The number of objects in it.</param>
    public static int RunMany(int nodes, int values)
    {
        var scope = new LifetimeScope();
        Fill(scope, nodes, values);
        ObjectNotDeadException failed;
        try
        {
            scope.Dispose();
            return 1;
        }
        catch (ObjectNotDeadException e)
        {
            failed = e;
        }

        int exact = failed.Reports.Count(r => r.Certainty == PathCertainty.Exact);
        Console.WriteLine($"{exact} of {failed.Reports.Count} exact; {failed.Reports[^1]}\n{Cost(failed.Reports[0])}");
        return failed.Reports.Count == values && Leftovers.IsNothing() ? 0 : 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fill(LifetimeScope scope, int nodes, int values) =>
        s_held = LongShapes.Holding(nodes, [.. Enumerable.Range(0, values).Select(_ => scope.Watch(new Leaked()))]);

    private static string Cost(LifetimeReport report)
    {
        LifetimeCost cost = report.Cost;
        TimeSpan collections = cost.Collections.Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Duration);
        return $"{Milliseconds(cost.Total - collections)} beside {Milliseconds(collections)} of collections "
            + $"(snapshot {Milliseconds(cost.SnapshotTime)}, search {Milliseconds(cost.SearchTime)})";
    }

    private static string Milliseconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor Leak(string shape, int nodes) => LifeTimeMonitor.Track(() =>
    {
        var leaked = new Leaked();
        s_held = LongShapes.Make(shape, nodes, leaked);
        return leaked;
    });
}
