using System.Diagnostics;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>Dumps of a process under heavy load: a path is right or marked as uncertain, and nothing is left.</summary>
internal static class DumpsUnderLoad
{
    public static int Run(int checks)
    {
        var options = new LifetimeOptions { Snapshots = [SnapshotKind.Dump], TimeBudget = TimeSpan.FromMinutes(2) };
        int wrong = 0, unsure = 0;
        var times = new List<double>();
        using (new Load())
        {
            for (int i = 0; i < checks; i++)
            {
                long start = Stopwatch.GetTimestamp();
                LifetimeReport report = Holder.LeakThroughList().Check(options);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (Holder.IsTheList(report)) continue;
                if (report is { Verdict: LifetimeVerdict.Alive, Certainty: not PathCertainty.Exact, Paths: [] }) unsure++;
                else wrong++;
                Console.WriteLine($"check {i}: {report}");
            }
        }

        times.Sort();
        Console.WriteLine(
            $"{checks} checks, {wrong} wrong, {unsure} without an exact path; "
            + $"median {times[checks / 2]:0} ms, longest {times[^1]:0} ms; {Leftovers.Describe()}");
        return wrong == 0 && Leftovers.IsNothing() ? 0 : 1;
    }
}
