using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Benchmarks.Ratios;

/// <summary>
/// One measurement in its own process: <c>worker WHAT SHAPE OBJECTS PLACE</c> prints lines <c>name value</c>, in
/// milliseconds or bytes.
/// </summary>
internal static class Worker
{
    private static readonly LifetimeOptions s_nearestOnly = new()
    {
        MaxPaths = 1,
        MeasureRetained = false,
        TimeBudget = TimeSpan.FromMinutes(2),
    };
    private static readonly LifetimeOptions s_everything = new() { TimeBudget = TimeSpan.FromMinutes(2) };

    public static int Run(string what, string shape, int objects, string place)
    {
        // A search must not be charged for the code that the first checks load and compile.
        if (what == "search-outside") AppContext.SetSwitch("LifetimeMonitor.SearchInClone", isEnabled: false);
        if (what is "search" or "search-outside") WarmUp();
        WeakReference target = Heaps.Fill(shape, objects, place);
        LifeTimeMonitor Monitor() => new(target.Target!);
        switch (what)
        {
            case "pass":
                Interleave(200, ("ours", Specimen.Pass), ("theirs", Textbook.Collect));
                break;
            case "first-ours":
                First(Monitor());
                break;
            case "first-theirs":
                Print("theirs", Time(() => Require(Textbook.FindPath(target))));
                break;
            case "ours":
                for (int i = 0; i < Warm(objects); i++) Fail(Monitor(), s_everything);
                Print("ours", Median(Rounds(objects), () => Time(() => Fail(Monitor(), s_everything))));
                Print("ours-nearest", Median(Rounds(objects), () => Time(() => Fail(Monitor(), s_nearestOnly))));
                break;
            case "theirs":
                Require(Textbook.FindPath(target));
                Print(
                    "theirs",
                    Median(objects > 100_000 ? 1 : 5, () => Time(() => Require(Textbook.FindPath(target)))));
                Print("theirs-collect", Median(3, () => Time(Textbook.Collect)));
                break;
            case "search" or "search-outside":
                Search(Monitor, objects);
                break;
            case "wait":
                Console.WriteLine("ready");
                _ = Console.ReadLine();
                break;
            default:
                return 64;
        }

        return 0;
    }

    private static void First(LifeTimeMonitor monitor)
    {
        TimeSpan compiling = JitInfo.GetCompilationTime();
        long methods = JitInfo.GetCompiledMethodCount();
        long start = Stopwatch.GetTimestamp();
        LifetimeReport report = Fail(monitor, s_everything);
        Print("ours", Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        Print("snapshot", report.Cost.SnapshotTime.TotalMilliseconds);
        Print("search", report.Cost.SearchTime.TotalMilliseconds);
        Print("compiling", (JitInfo.GetCompilationTime() - compiling).TotalMilliseconds);
        Print("methods", JitInfo.GetCompiledMethodCount() - methods);
    }

    private static void WarmUp()
    {
        for (int i = 0; i < 30; i++) _ = Specimen.Fail();
    }

    private static void Search(Func<LifeTimeMonitor> monitor, int objects)
    {
        long live = GC.GetTotalMemory(forceFullCollection: false);
        var undisturbed = new List<double>();
        for (int i = 0; i < Rounds(objects); i++) undisturbed.Add(Time(CollectAll));
        LifetimeReport first = Fail(monitor(), s_nearestOnly);
        Print("visited", first.Cost.ObjectsSearched);
        Print("live", live);
        using (Memory memory = Memory.WatchChildren())
        {
            _ = Fail(monitor(), s_nearestOnly);
            memory.Dispose();
            Print("child", memory.ChildsOwn);
        }

        for (int i = 0; i < Warm(objects); i++) _ = Fail(monitor(), s_nearestOnly);
        var ours = new List<double>();
        var after = new List<double>();
        var own = new List<double>();
        for (int i = 0; i < Rounds(objects); i++)
        {
            // Nothing watches the clones now: the watching thread would allocate, too.
            long before = Memory.StartPeak();
            ours.Add(Fail(monitor(), s_nearestOnly).Cost.SearchTime.TotalMilliseconds);
            own.Add(Math.Max(0, Memory.Peak - before));
            after.Add(Time(CollectAll));
        }

        Print("ours", Middle(ours));
        Print("own", Middle(own));
        Print("gc", Middle(undisturbed));
        Print("gc-after-clone", Middle(after));
    }

    private static void CollectAll() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);

    private static LifetimeReport Fail(LifeTimeMonitor monitor, LifetimeOptions options)
    {
        LifetimeReport report = monitor.Check(options);
        Require(
            report is { Verdict: not LifetimeVerdict.Dead, Paths.Count: > 0, Cost.Snapshot: SnapshotKind.Clone },
            report);
        return report;
    }

    private static void Require(bool condition, LifetimeReport? report = null)
    {
        if (!condition)
        {
            throw new InvalidOperationException(
                $"The path was not found as expected; what was measured means nothing. {report}");
        }
    }

    private static int Warm(int objects) => objects > 100_000 ? 3 : 40;

    private static int Rounds(int objects) => objects > 100_000 ? 5 : 20;

    private static void Interleave(int rounds, params (string Name, Action Action)[] what)
    {
        var times = what.ToDictionary(w => w.Name, _ => new List<double>());
        for (int i = 0; i < rounds; i++)
        {
            foreach ((string name, Action action) in what) times[name].Add(Time(action));
        }

        foreach ((string name, List<double> all) in times) Print(name, Middle(all));
    }

    private static double Median(int rounds, Func<double> measure) =>
        Middle([.. Enumerable.Range(0, rounds).Select(_ => measure())]);

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Print(string name, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.###}"));
}
