using System.Diagnostics;

namespace LifetimeMonitoring.Benchmarks;

/// <summary>
/// The cost of checks, side by side in one process. Absolute times depend on the machine and the moment; only the
/// ratios are comparable.
/// </summary>
internal static class Timing
{
    private const int LiveObjects = 800_000;

    public static int Run()
    {
        double first = Time(Fail);
        for (int i = 0; i < 30; i++) _ = (Time(Fail), Time(Specimen.Pass), Time(Specimen.CollectWaitCollect));
        Console.WriteLine($"{"",-34}{"median",12}   of");
        Print("first failing check", [first]);
        Print("failing check", Rounds(50, Fail));
        Print("passing check", Rounds(200, Specimen.Pass));

        object[] live = [.. Enumerable.Range(0, LiveObjects).Select(_ => new object())];
        GC.Collect();
        Console.WriteLine($"with {LiveObjects:N0} live objects:");
        double passing = Print("passing check", Rounds(200, Specimen.Pass));
        double textbook = Print("Collect + Wait + Collect", Rounds(20, Specimen.CollectWaitCollect));
        Print("failing check", Rounds(10, Fail));
        Console.WriteLine(
            $"a passing check costs 1/{textbook / passing:0} of Collect + Wait + Collect (target: 1/50 or less)");
        GC.KeepAlive(live);
        return 0;
    }

    private static void Fail() => _ = Specimen.Fail();

    private static double[] Rounds(int count, Action action) =>
        [.. Enumerable.Range(0, count).Select(_ => Time(action))];

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Print(string what, double[] times)
    {
        Array.Sort(times);
        double median = times[times.Length / 2];
        Console.WriteLine($"{what,-34}{median,9:0.000} ms   {times.Length}");
        return median;
    }
}
