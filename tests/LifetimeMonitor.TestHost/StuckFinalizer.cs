using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TestHost;

/// <summary>A finalizer that never returns costs the check its budget, not the test run.</summary>
internal static class StuckFinalizer
{
    private static readonly ManualResetEventSlim s_stuck = new();
    private static readonly ManualResetEventSlim s_release = new();

    public static int Run()
    {
        _ = Holder.LeakThroughList().Check(); // The first check in a process takes its time; the budgets below are for what comes after.
        MakeFinalizersStick();
        try
        {
            return Check(new LifetimeOptions { TimeBudget = TimeSpan.FromSeconds(4) });
        }
        finally
        {
            s_release.Set(); // The runtime waits for its finalizer thread before it exits.
        }
    }

    private static int Check(LifetimeOptions options)
    {
        for (int i = 0; i < 2; i++)
        {
            long start = Stopwatch.GetTimestamp();
            LifetimeReport report = Holder.LeakThroughList().Check(options);
            Console.WriteLine(report);
            // Finalizers and diagnosis have 4 s each; the rest is what a busy machine may take.
            if (!Holder.IsTheList(report) || report.Notes.Count != 1 || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(30)) return 1;
        }

        // What the stuck finalizer does not hold still dies.
        return LifeTimeMonitor.Track(() => new Leaked()).Check(options).Verdict == LifetimeVerdict.Dead ? 0 : 2;
    }

    /// <summary>An object whose finalizer cannot run yet, because another one is running.</summary>
    public static int RunPending()
    {
        _ = Holder.LeakThroughList().Check(); // The first check in a process takes its time; the budgets below are for what comes after.
        MakeFinalizersStick();
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => new Finalizable());
        LifetimeVerdict verdict = monitor.Check().Verdict;
        LifetimeReport report = monitor.Check(new LifetimeOptions { TrackResurrection = true, TimeBudget = TimeSpan.FromSeconds(4) });
        Console.WriteLine(report);
        s_release.Set();
        return verdict == LifetimeVerdict.Dead && report.Verdict == LifetimeVerdict.FinalizerPending ? 0 : 1;
    }

    // The runtime takes the object that died last first: another one may only die when this one's finalizer is running.
    private static void MakeFinalizersStick()
    {
        MakeStuck();
        GC.Collect();
        s_stuck.Wait();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeStuck() => _ = new Stuck();

    private sealed class Finalizable
    {
        ~Finalizable() => GC.KeepAlive(this);
    }

    private sealed class Stuck
    {
        ~Stuck()
        {
            s_stuck.Set();
            s_release.Wait();
        }
    }
}
