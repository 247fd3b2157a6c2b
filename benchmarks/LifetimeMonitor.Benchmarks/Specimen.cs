using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Benchmarks;

/// <summary>The measured operations.</summary>
internal static class Specimen
{
    private static readonly List<object> s_held = [];

    /// <summary>A check of an object that a list in a static field holds.</summary>
    public static LifetimeReport Fail() => LifeTimeMonitor.Track(() =>
    {
        var leaked = new object();
        s_held.Clear();
        s_held.Add(leaked);
        return leaked;
    }).Check();

    /// <summary>A check of an object that nothing holds.</summary>
    public static void Pass() => LifeTimeMonitor.Track(() => new object()).AssertDead();

    /// <summary>The usual steps of hand-written tests before they look at their WeakReference.</summary>
    public static void CollectWaitCollect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
