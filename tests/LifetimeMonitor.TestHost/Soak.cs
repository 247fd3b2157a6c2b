using System.Diagnostics;
using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Sequential checks under load. Most of them fail, and every path must be right. Of ten checks, one has an object that
/// only a stack holds, one the same inside a catch block, and one a dead object. Memory and descriptors must not grow.
/// </summary>
internal static class Soak
{
    private const int MayGrow = 300, MayOpen = 20;

    // On a starved machine a check may not find a path in time; its report says so and counts as right.
    private const int MayBeLate = 50;
    private const int BetweenReports = 500;

    public static int Run(int checks)
    {
        // The test is whether the paths are right; on a starved machine the first check alone can take ten seconds.
        LifetimeOptions.Default = new LifetimeOptions { TimeBudget = TimeSpan.FromMinutes(2) };
        using var load = new Load();
        int wrong = 0, late = 0;
        var times = new List<double>();
        (long memory, int files) warm = default;
        for (int i = 0; i < checks; i++)
        {
            if (i == checks / 4) warm = (Environment.WorkingSet, Leftovers.Files());
            long start = Stopwatch.GetTimestamp();
            string? complaint = Check(i % 10);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if ((i + 1) % BetweenReports == 0) Console.WriteLine($"{i + 1} checks, {wrong} wrong");
            if (complaint is null) continue;
            if (complaint.Contains("Path: unavailable (", StringComparison.Ordinal)) late++;
            else wrong++;
            Console.WriteLine($"check {i}: {complaint}");
        }

        times.Sort();
        long growth = (Environment.WorkingSet - warm.memory) / (1024 * 1024);
        int more = Leftovers.Files() - warm.files;
        Console.WriteLine(
            $"{checks} checks, {wrong} wrong, {late} without a path; median {times[checks / 2]:0} ms, longest " +
            $"{times[^1]:0} ms; {Leftovers.Describe()}; since a quarter of them {growth} MB and {more} " +
            "descriptors more");
        // The load itself varies: a leak of a page per check would show in thousands of checks, but not in tens.
        return wrong == 0 && late <= checks / MayBeLate && Leftovers.IsNothing() && growth < MayGrow && more < MayOpen ? 0 : 1;
    }

    private static string? Check(int kind)
    {
        if (kind == 8)
        {
            LifetimeVerdict verdict = LifeTimeMonitor.Track(() => new Leaked()).Check().Verdict;
            return verdict == LifetimeVerdict.Dead ? null : verdict.ToString();
        }

        LifetimeReport report = kind switch
        {
            7 => CheckStackInCatchBlock(),
            9 => CheckStack(),
            _ => Holder.LeakThroughList().Check(),
        };
        return (kind is 7 or 9 ? IsTheLocal(report) : Holder.IsTheList(report)) ? null : report.ToString();
    }

    private static LifetimeReport CheckStackInCatchBlock()
    {
        try
        {
            throw new InvalidOperationException("handled while the check runs");
        }
        catch (InvalidOperationException)
        {
            return CheckStack();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifetimeReport CheckStack()
    {
        var local = new Leaked();
        LifetimeReport report = new LifeTimeMonitor(local).Check();
        GC.KeepAlive(local);
        return report;
    }

    // Under load the frame may lack its name, but the thread must have one.
    private static bool IsTheLocal(LifetimeReport report) =>
        report is
        {
            Verdict: LifetimeVerdict.StackOnly,
            Paths: [{ Kind: RootKind.Stack, Steps: [{ TypeName: "LifetimeMonitoring.TestHost.Leaked" } root] }]
        }
        && root.Reference.Contains("(the asserting thread)", StringComparison.Ordinal);
}
