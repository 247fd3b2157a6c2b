namespace LifetimeMonitor.Benchmarks;

/// <summary>What is measured.</summary>
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

    /// <summary>What hand-written tests do before they look at their WeakReference.</summary>
    public static void CollectWaitCollect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
