using LifetimeMonitoring.Reports;
using LifetimeMonitoring.TestHost.Chaos;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// Failing checks with small budgets under a load. Without collections and patience, each must end within a second
/// after its deadline. A machine that gives the process no turn for a while adds that time.
/// </summary>
internal static class Deadlines
{
    private const int Threads = 4;
    private static readonly TimeSpan[] s_budgets = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    /// <param name="checks">The number of checks of each thread for each budget and each form.</param>
    /// <param name="areTogether">Whether several threads check, and wait for each other's diagnosis.</param>
    public static int Run(int checks, bool areTogether)
    {
        object held = new();
        var monitor = new LifeTimeMonitor(held);
        _ = monitor.Check();
        using var load = new Load();
        Metronome.Start();
        bool isRight = true;
        foreach (TimeSpan budget in s_budgets)
        {
            foreach (bool isAwaited in (bool[])[false, true])
            {
                var late = new List<double>();
                int without = 0, wrong = 0, tooLate = 0;
                Thread[] threads = [.. Enumerable.Range(0, areTogether ? Threads : 1).Select(_ => new Thread(() =>
                {
                    for (int i = 0; i < checks; i++)
                    {
                        var options = new LifetimeOptions { TimeBudget = budget, Patience = TimeSpan.Zero };
                        (LifetimeReport report, CheckTime time) = Check(monitor, options, isAwaited);
                        lock (late)
                        {
                            late.Add((time.Taken - TimeOfCollections(report) - budget).TotalSeconds);
                            if (time.Late(report, options, TimeSpan.Zero) is not null) tooLate++;
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
                Console.WriteLine($"{what}, {wrong} wrong, {tooLate} too late, {without} without a path; {after}");
                isRight &= wrong == 0 && tooLate == 0;
            }
        }

        GC.KeepAlive(held);
        return isRight ? 0 : 1;
    }

    private static (LifetimeReport Report, CheckTime Time) Check(LifeTimeMonitor monitor, LifetimeOptions options, bool isAwaited)
    {
        var time = CheckTime.Begin();
        LifetimeReport report = isAwaited ? monitor.CheckAsync(options).GetAwaiter().GetResult() : monitor.Check(options);
        return (report, time.End());
    }

    internal static TimeSpan TimeOfCollections(LifetimeReport report) => report.Cost.Collections
        .Where(c => c.Kind != CollectionStepKind.Finalizers)
        .Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Duration);
}
