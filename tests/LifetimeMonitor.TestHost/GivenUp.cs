using System.Runtime.CompilerServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Diagnoses that stall in their Nth read, N = 1, 2, 4, …, until they are given up: the verdict is right, the clone is
/// gone at once, and the diagnosis, which still reads from the missing clone, ends by itself.
/// </summary>
internal static class GivenUp
{
    private static readonly LifetimeOptions s_options = new()
    {
        TimeBudget = TimeSpan.FromMilliseconds(200),
        Snapshots = [SnapshotKind.Clone]
    };

    public static int Run()
    {
        _ = CheckLocal(LifetimeEngine.Current.Diagnoser);
        for (int nth = 1; ; nth *= 2)
        {
            using var end = new ManualResetEvent(initialState: false);
            var linux = new StallingLinux(nth, end);
            LifetimeReport report = CheckLocal(new Diagnoser(new SnapshotLadder(linux)));
            bool isLate = report.Reason?.StartsWith("the diagnosis did not end within the time budget", StringComparison.Ordinal) == true;
            // Only killed: the thread that made it reaps it.
            bool isGone = SpinWait.SpinUntil(() => Leftovers.LivingChildren() == 0, TimeSpan.FromSeconds(10));
            _ = end.Set();
            bool isNothing = SpinWait.SpinUntil(() => Leftovers.IsNothing() && Leftovers.OurThreads() == 0, TimeSpan.FromSeconds(60));
            if (!isLate && !linux.WasHit)
            {
                Console.WriteLine($"{nth} reads are more than it makes");
                return nth > 64 ? 0 : 2;
            }

            if (isLate && isGone && isNothing && report.Verdict == LifetimeVerdict.Alive) continue;
            Console.WriteLine($"read {nth}: {(isGone ? "" : "the clone was still there; ")}{Leftovers.Describe()}\n{report}");
            return 1;
        }
    }

    // An object that only a stack holds takes the longest search and the most calls of the debugging component.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifetimeReport CheckLocal(Diagnoser finder)
    {
        var local = new Leaked();
        LifetimeReport report = LifetimeCheck.Run([new LifeTimeMonitor(local).Monitored], s_options, finder)[0];
        GC.KeepAlive(local);
        return report;
    }
}
