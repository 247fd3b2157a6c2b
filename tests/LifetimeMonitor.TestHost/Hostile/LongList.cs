using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TestHost.Hostile;

/// <summary>A failing check of what lies at the end of a very long path. Beside the report it says what the check took without its collections.</summary>
internal static class LongList
{
    private static object? s_held;

    /// <param name="shape">What the path goes through.</param>
    /// <param name="nodes">How many objects are on it, at least.</param>
    /// <param name="checks">So many checks, one after the other.</param>
    public static int Run(string shape, int nodes, int checks)
    {
        LifeTimeMonitor monitor = Leak(shape, nodes);
        for (int i = 0; i < checks; i++)
        {
            LifetimeReport report = monitor.Check();
            if (i == checks - 1) Console.WriteLine(report);
            TimeSpan collections = report.Cost.Collections.Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Duration);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{shape} {nodes}: {(report.Cost.Total - collections).TotalSeconds:0.000} s beside {collections.TotalSeconds:0.000} s of collections (snapshot {report.Cost.SnapshotTime.TotalSeconds:0.000}, search {report.Cost.SearchTime.TotalSeconds:0.000}), {report.Paths.Count} paths, {Environment.WorkingSet >> 20} MB, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
        }
        GC.KeepAlive(s_held);
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor Leak(string shape, int nodes) => LifeTimeMonitor.Track(() =>
    {
        var leaked = new Leaked();
        s_held = LongShapes.Make(shape, nodes, leaked);
        return leaked;
    });
}
