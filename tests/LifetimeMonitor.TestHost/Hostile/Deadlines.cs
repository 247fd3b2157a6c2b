using System.Diagnostics;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// Failing checks with small budgets under a load. Without collections and patience, each must end within a second
/// after its deadline.
/// </summary>
internal static class Deadlines
{
    private const int Threads = 4;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan[] s_budgets = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    /// <param name="checks">The number of checks of each thread for each budget and each form.</param>
    /// <param name="areTogether">Whether several threads check, and wait for each other's diagnosis.</param>
    public static int Run(int checks, bool areTogether)
    {
        object held = new();
        var monitor = new LifeTimeMonitor(held);
        _ = monitor.Check();
        using var load = new Load();
        bool isRight = true;
        foreach (TimeSpan budget in s_budgets)
        {
            foreach (bool isAwaited in (bool[])[false, true])
            {
                var late = new List<double>();
                int without = 0, wrong = 0;
                Thread[] threads = [.. Enumerable.Range(0, areTogether ? Threads : 1).Select(_ => new Thread(() =>
                {
                    for (int i = 0; i < checks; i++)
                    {
                        (LifetimeReport report, TimeSpan after) = Check(monitor, budget, isAwaited);
                        lock (late)
                        {
                            late.Add(after.TotalSeconds);
                            if (report.Certainty == PathCertainty.Unavailable) without++;
                            if (report.Verdict == LifetimeVerdict.Dead) wrong++;
                        }
                    }
                }))];
                foreach (Thread thread in threads) thread.Start();
                foreach (Thread thread in threads) thread.Join();
                late.Sort();
                string what = $"budget {budget.TotalSeconds} s, {(isAwaited ? "awaited" : "synchronous")}: {late.Count} checks";
                string after = $"after the deadline: median {late[late.Count / 2]:0.00} s, most {late[^1]:0.00} s";
                Console.WriteLine($"{what}, {wrong} wrong, {without} without a path; {after}");
                isRight &= wrong == 0 && late[^1] < s_grace.TotalSeconds;
            }
        }

        GC.KeepAlive(held);
        return isRight ? 0 : 1;
    }

    // A negative time is a time before the deadline.
    private static (LifetimeReport Report, TimeSpan After) Check(LifeTimeMonitor monitor, TimeSpan budget, bool isAwaited)
    {
        var options = new LifetimeOptions { TimeBudget = budget, Patience = TimeSpan.Zero };
        long start = Stopwatch.GetTimestamp();
        LifetimeReport report = isAwaited ? monitor.CheckAsync(options).GetAwaiter().GetResult() : monitor.Check(options);
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        return (report, taken - TimeOfCollections(report) - budget);
    }

    internal static TimeSpan TimeOfCollections(LifetimeReport report) => report.Cost.Collections
        .Where(c => c.Kind != CollectionStepKind.Finalizers)
        .Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Duration);
}
