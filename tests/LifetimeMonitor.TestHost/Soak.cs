using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TestHost;

/// <summary>Failing checks in a row under load; every path must be right. Every tenth looks for what only a stack holds.</summary>
internal static class Soak
{
    public static int Run(int checks)
    {
        // What is tried is whether the paths are right; on a starved machine the first check alone can take ten seconds.
        LifetimeOptions.Default = new LifetimeOptions { TimeBudget = TimeSpan.FromMinutes(2) };
        using var load = new Load();
        int wrong = 0;
        var times = new List<double>();
        for (int i = 0; i < checks; i++)
        {
            long start = Stopwatch.GetTimestamp();
            LifetimeReport report = i % 10 == 9 ? CheckStack() : Holder.LeakThroughList().Check();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (i % 10 == 9 ? IsTheLocal(report) : Holder.IsTheList(report)) continue;
            wrong++;
            Console.WriteLine($"check {i}: {report}");
        }

        times.Sort();
        Console.WriteLine($"{checks} checks, {wrong} wrong; median {times[checks / 2]:0} ms, longest {times[^1]:0} ms; {Leftovers.Describe()}");
        return wrong == 0 ? 0 : 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifetimeReport CheckStack()
    {
        var local = new Leaked();
        LifetimeReport report = new LifeTimeMonitor(local).Check();
        GC.KeepAlive(local);
        return report;
    }

    // Under load the frame cannot always be named: the thread must be.
    private static bool IsTheLocal(LifetimeReport report) =>
        report is { Verdict: LifetimeVerdict.StackOnly, Paths: [{ Kind: RootKind.Stack, Steps: [{ TypeName: "LifetimeMonitor.TestHost.Leaked" } root] }] }
        && root.Reference.Contains("(the asserting thread)", StringComparison.Ordinal);
}
