using System.Diagnostics;
using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Finalizers that never return cost the check its budget, not the test run, and the report names them.
/// </summary>
internal static class StuckFinalizer
{
    private static readonly LifetimeOptions s_options = new() { TimeBudget = TimeSpan.FromSeconds(6) };

    // A collection and a budget, plus a margin for a starved machine.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private static readonly ManualResetEventSlim s_stuck = new();
    private static readonly ManualResetEventSlim s_release = new();
    private static readonly object s_lock = new();
    private static volatile bool s_released;

    public static int Run(string how)
    {
        _ = Holder.LeakThroughList().Check(); // The first check in a process is slow; the budgets below are for later ones.
        Func<object> make = how switch
        {
            "blocks" => () => new Blocks(),
            "waits-for-the-assertion" => () => new WaitsForTheAssertion(),
            "spins" => () => new Spins(),
            "registers-for-ever" => () => new RegistersForEver(),
            "throws" => () => new Throws(),
            _ => throw new ArgumentOutOfRangeException(nameof(how), how, "not known"),
        };
        if (how == "waits-for-the-assertion") Monitor.Enter(s_lock);
        Make(make);
        GC.Collect();
        s_stuck.Wait();
        try
        {
            return Check(mustBeNamed: how != "registers-for-ever");
        }
        finally
        {
            if (Monitor.IsEntered(s_lock)) Monitor.Exit(s_lock);
            s_released = true;
            s_release.Set(); // The runtime waits for its finalizer thread before it exits.
        }
    }

    private static int Check(bool mustBeNamed)
    {
        for (int i = 0; i < 2; i++)
        {
            long start = Stopwatch.GetTimestamp();
            LifetimeReport report = Holder.LeakThroughList().Check(s_options);
            Console.WriteLine(report);
            if (!Holder.IsTheList(report) || report.Notes.Count > 0 != mustBeNamed || Stopwatch.GetElapsedTime(start) > s_limit) return 1;
        }

        // Objects that the stuck finalizer does not hold still die.
        return LifeTimeMonitor.Track(() => new Leaked()).Check(s_options).Verdict == LifetimeVerdict.Dead ? 0 : 2;
    }

    /// <summary>An object whose finalizer cannot run yet, because another one is running.</summary>
    public static int RunPending()
    {
        _ = Holder.LeakThroughList().Check();
        // The runtime finalizes the last dead object first: another object may only die during this object's finalizer.
        Make(() => new Blocks());
        GC.Collect();
        s_stuck.Wait();
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => new Finalizable());
        LifetimeVerdict verdict = monitor.Check().Verdict;
        LifetimeReport report = monitor.Check(new LifetimeOptions { TrackResurrection = true, TimeBudget = s_options.TimeBudget });
        Console.WriteLine(report);
        s_release.Set();
        return verdict == LifetimeVerdict.Dead && report.Verdict == LifetimeVerdict.FinalizerPending ? 0 : 1;
    }

    /// <summary>A finalizer that asserts would wait for itself; the assertion fails at once.</summary>
    public static int RunAsserting(bool held)
    {
        LifeTimeMonitor monitor = Holder.LeakThroughList();
        Make(() => new Asserts(held ? monitor : Holder.LeakThroughList()));
        GC.Collect();
        if (!s_stuck.Wait(s_limit)) return 1;
        Console.WriteLine(Asserts.Refusal);
        GC.KeepAlive(monitor);
        return Asserts.Refusal is null ? 2 : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Make(Func<object> make) => _ = make();

    private sealed class Finalizable
    {
        ~Finalizable() => GC.KeepAlive(this);
    }

    private sealed class Blocks
    {
        ~Blocks()
        {
            s_stuck.Set();
            s_release.Wait();
        }
    }

    // Like a finalizer that marshals to a UI thread, which is busy with the assertion.
    private sealed class WaitsForTheAssertion
    {
        ~WaitsForTheAssertion()
        {
            s_stuck.Set();
            lock (s_lock) GC.KeepAlive(this);
        }
    }

    private sealed class Spins
    {
        ~Spins()
        {
            s_stuck.Set();
            while (!s_released) Thread.SpinWait(100);
        }
    }

    // Each round finds it dead again. Between two rounds the queue is empty, so it delays no other finalizer.
    private sealed class RegistersForEver
    {
        ~RegistersForEver()
        {
            s_stuck.Set();
            if (s_released) return;
            GC.ReRegisterForFinalize(this);
            GC.Collect();
        }
    }

    private sealed class Throws
    {
        ~Throws()
        {
            s_stuck.Set();
#pragma warning disable CA1065 // The test needs a finalizer that throws.
            throw new InvalidOperationException("thrown by a finalizer");
#pragma warning restore CA1065
        }
    }

    private sealed class Asserts(LifeTimeMonitor monitor)
    {
        public static string? Refusal { get; private set; }

        ~Asserts()
        {
            try
            {
                monitor.AssertDead();
            }
            catch (InvalidOperationException e)
            {
                Refusal = e.Message;
            }

            s_stuck.Set();
        }
    }
}
