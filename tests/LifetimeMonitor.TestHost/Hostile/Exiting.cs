using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// Checks while the process ends: in its last handlers, on a concurrent thread, and when its end begins during a check.
/// </summary>
internal static class Exiting
{
    // Finalizers get half of the budget. A check that does not wait for them takes much less, even on a busy machine.
    private static readonly LifetimeOptions s_options = new() { TimeBudget = TimeSpan.FromSeconds(40) };
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);
    private static readonly ManualResetEventSlim s_isChecked = new();

    /// <param name="where">
    /// The place of the checks: <c>process-exit</c>, <c>unloading</c>, <c>beside</c> or <c>midway</c>.
    /// </param>
    /// <param name="isFirst">Whether no code of the library ran before the end began.</param>
    public static int Run(string where, bool isFirst)
    {
        if (!isFirst) Warm();
        switch (where)
        {
            case "process-exit":
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Environment.ExitCode = Check();
                break;
            case "unloading":
                AssemblyLoadContext.Default.Unloading += _ => Environment.ExitCode = Check();
                break;
            case "beside":
                Exit().Wait();
                CheckLast();
                break;
            case "midway":
                Slow.MakeOne();
                GC.Collect();
                Slow.HasBegun.Wait();
                _ = Exit();
                new Thread(Slow.EndLater) { IsBackground = true }.Start();
                CheckLast();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(where), where, "not known");
        }

        return 0;
    }

    private static void Warm() => _ = Holder.LeakThroughList().Check(s_options);

    private static void CheckLast()
    {
        Environment.ExitCode = Check();
        s_isChecked.Set();
        Thread.Sleep(Timeout.Infinite);
    }

    // The process does not end before its last handler returns.
    private static ManualResetEventSlim Exit()
    {
        var hasBegun = new ManualResetEventSlim();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            hasBegun.Set();
            s_isChecked.Wait();
        };
        new Thread(() => Environment.Exit(0)) { IsBackground = true }.Start();
        return hasBegun;
    }

    private static int Check()
    {
        bool isRight = true;
        for (int i = 0; i < 2; i++)
        {
            isRight &= IsRight(() => Holder.LeakThroughList().Check(s_options));
            isRight &= IsRight(() => Holder.LeakThroughList().CheckAsync(s_options).GetAwaiter().GetResult());
            LifeTimeMonitor.Track(() => new Leaked()).AssertDead();
            LifeTimeMonitor.Track(() => new Leaked()).AssertDeadAsync().GetAwaiter().GetResult();
        }

        return isRight ? 0 : 1;
    }

    private static bool IsRight(Func<LifetimeReport> check)
    {
        long start = Stopwatch.GetTimestamp();
        LifetimeReport report = check();
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"{taken.TotalSeconds:0.0} s: {report}");
        return Holder.IsTheList(report) && taken < s_limit
            && report.Notes is ["Finalizers were not waited for: the process is ending, and the runtime runs none any more."];
    }

    // When the end of the process begins, the runtime completes a running finalizer and runs no other.
    private sealed class Slow
    {
        private static readonly ManualResetEventSlim s_release = new();

        public static ManualResetEventSlim HasBegun { get; } = new();

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void MakeOne() => _ = new Slow();

        public static void EndLater()
        {
            Thread.Sleep(500);
            s_release.Set();
        }

        ~Slow()
        {
            HasBegun.Set();
            s_release.Wait();
        }
    }
}
