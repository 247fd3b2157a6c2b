using System.Diagnostics;

namespace LifetimeMonitor.TestHost;

/// <summary>What checks cost in this process: the figures of docs/performance.md.</summary>
internal static class Timing
{
    public static int Run()
    {
        double first = Time(Fail);
        for (int i = 0; i < 20; i++) _ = Time(Fail);
        Print("first failing check in the process", [first]);
        Print("later failing checks", [.. Enumerable.Range(0, 50).Select(_ => Time(Fail))]);
        for (int i = 0; i < 20; i++) _ = Time(Pass);
        Print("passing check of a fresh object", [.. Enumerable.Range(0, 200).Select(_ => Time(Pass))]);

        object[] live = [.. Enumerable.Range(0, 800_000).Select(i => new object())];
        GC.Collect();
        Print("passing check, 800,000 live objects", [.. Enumerable.Range(0, 200).Select(_ => Time(Pass))]);
        Print("Collect + WaitForPendingFinalizers + Collect there", [.. Enumerable.Range(0, 20).Select(_ => Time(Textbook))]);
        Print("failing check there", [.. Enumerable.Range(0, 10).Select(_ => Time(Fail))]);
        GC.KeepAlive(live);
        return 0;
    }

    private static void Fail() => _ = Holder.LeakThroughList().Check();

    private static void Pass() => LifeTimeMonitor.Track(() => new Leaked()).AssertDead();

    private static void Textbook()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Print(string what, double[] times)
    {
        Array.Sort(times);
        Console.WriteLine($"{what,-52} median {times[times.Length / 2],9:0.000} ms   of {times.Length}");
    }
}
