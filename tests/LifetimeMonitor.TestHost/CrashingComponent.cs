using System.Diagnostics;

namespace LifetimeMonitor.TestHost;

/// <summary>The runtime's debugging component crashes in a diagnosis (as in <see cref="Waking"/>): the verdicts stand, also those that follow, and the process lives on.</summary>
internal static class CrashingComponent
{
    public static int Run()
    {
        _ = Holder.LeakThroughList().Check(); // The component has been asked before.
        long start = Stopwatch.GetTimestamp();
        Console.WriteLine(Waking.Check());
        bool isAtOnce = Stopwatch.GetElapsedTime(start) < LifetimeOptions.Default.TimeBudget;

        // All goes on as it did: faults of managed code are exceptions, collections end, and a check has its verdict, at once.
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
        Console.WriteLine($"{caught}, {report.Verdict}, {report.Search.Reason}");
        return isAtOnce && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5) && Leftovers.LivingChildren() == 0 ? 0 : 1;
    }
}
