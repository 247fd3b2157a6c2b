using System.Diagnostics;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// The runtime's debugging component crashes in a diagnosis (as in <see cref="Waking"/>). This verdict and later ones
/// are right, and the process continues.
/// </summary>
internal static class CrashingComponent
{
    public static int Run()
    {
        _ = Holder.LeakThroughList().Check(); // The component has been used before.
        long start = Stopwatch.GetTimestamp();
        Console.WriteLine(Waking.Check());
        bool isAtOnce = Stopwatch.GetElapsedTime(start) < LifetimeOptions.Default.TimeBudget;

        // All still works: faults of managed code become exceptions, collections end, and a check has its verdict.
        start = Stopwatch.GetTimestamp();
        string caught = "";
        try
        {
            _ = ((string)null!).Length;
        }
        catch (NullReferenceException e)
        {
            caught = e.GetType().Name;
        }

        GC.Collect();
        LifetimeReport report = Holder.LeakThroughList().Check();
        Console.WriteLine($"{caught}, {report.Verdict}, {report.Reason}");
        return isAtOnce && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5) && Leftovers.LivingChildren() == 0 ? 0 : 1;
    }
}
