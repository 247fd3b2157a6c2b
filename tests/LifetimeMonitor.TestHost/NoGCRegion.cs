using System.Runtime;

namespace LifetimeMonitoring.TestHost;

/// <summary>A check inside a no-GC region is refused, and the region is still active afterwards.</summary>
internal static class NoGCRegion
{
    public static int Run()
    {
        LifeTimeMonitor monitor = Holder.LeakThroughList();
        _ = GC.TryStartNoGCRegion(1_000_000);
        try
        {
            monitor.AssertDead();
            return 1;
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine(e.Message);
        }

        if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion) return 2;
        GC.EndNoGCRegion();
        return 0;
    }

    /// <summary>Shows the effect on the region if a check collected.</summary>
    public static int RunUnguarded()
    {
        _ = GC.TryStartNoGCRegion(1_000_000);
        GC.Collect();
        try
        {
            GC.EndNoGCRegion();
            return 1;
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine(e.Message);
            return 0;
        }
    }
}
