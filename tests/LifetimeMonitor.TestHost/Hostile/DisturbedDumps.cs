using System.Diagnostics;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// The program that writes a dump is stopped or killed meanwhile: by a thread of this process, until that is stopped
/// itself, or by another process at any time. The check still ends in time, and nothing is left.
/// </summary>
internal static class DisturbedDumps
{
    private static readonly LifetimeOptions s_options = new() { Snapshots = [SnapshotKind.Dump], TimeBudget = TimeSpan.FromSeconds(2) };
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    /// <param name="signal">SIGSTOP or SIGKILL.</param>
    /// <param name="checks">The number of disturbed checks.</param>
    /// <param name="from">The place of the disturber: <c>inside</c> or <c>outside</c>.</param>
    public static int Run(string signal, int checks, string from)
    {
        _ = Holder.LeakThroughList().Check(s_options with { TimeBudget = TimeSpan.FromMinutes(1) });
        Console.WriteLine($"{signal} {from}"); // The console opens descriptors of its own.
        int number = signal == "stop" ? CreateDumps.StopSignal : CreateDumps.KillSignal;
        int wrong = 0, disturbed = 0;
        string[] files = [];
        double longest = 0;
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        using Process? other = from == "outside" ? Other(signal) : null;
        using var inside = other is null ? new Disturber(number) : null;
        for (int i = 0; i < checks; i++)
        {
            long start = Stopwatch.GetTimestamp();
            LifetimeReport report = Holder.LeakThroughList().Check(s_options);
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            longest = Math.Max(longest, taken.TotalMilliseconds);
            string reason = report.Reason ?? "the path";
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            if (!Holder.IsTheList(report)) disturbed++;
            if (i == 1) files = [.. Leftovers.OpenFiles()];
            bool isHonest = report is { Verdict: LifetimeVerdict.Alive, Certainty: PathCertainty.Unavailable };
            bool isRight = Holder.IsTheList(report) || isHonest;
            if (isRight && taken < s_options.TimeBudget + s_grace && Leftovers.IsNothing(except: other?.Id)) continue;
            wrong++;
            Console.WriteLine($"check {i}, {taken.TotalMilliseconds:0} ms, {Leftovers.Describe()}: {report}");
        }

        other?.Kill();
        other?.WaitForExit();
        inside?.Dispose();
        // Not counted: the mappings of the runtime for the first use of its code.
        string[] more = [.. Leftovers.OpenFiles().Except(files).Where(f => !f.EndsWith(".dll", StringComparison.Ordinal))];
        foreach ((string reason, int count) in reasons) Console.WriteLine($"{count} times {reason}");
        Console.WriteLine(
            $"{checks} checks, {wrong} wrong, {disturbed} without a path; longest {longest:0} ms; "
            + $"{Leftovers.Describe()}, {more.Length} more descriptors {string.Join(", ", more)}");
        return wrong == 0 && disturbed > 0 && Leftovers.IsNothing() && more.Length == 0 ? 0 : 1;
    }

    /// <summary>
    /// The other process: disturbs the children of a process, at first right after their start, then later and later.
    /// </summary>
    public static int RunOther(string signal, int parent)
    {
        int number = signal == "stop" ? CreateDumps.StopSignal : CreateDumps.KillSignal;
        for (int i = 0; ; i++)
        {
            int child;
            while ((child = CreateDumps.Of(parent)) == 0) Thread.Sleep(0);
            long found = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(found).TotalMilliseconds < i * i * 0.3 % 160) Thread.Sleep(0);
            CreateDumps.Send(child, number);
            while (CreateDumps.Of(parent) == child) Thread.Sleep(1);
        }
    }

    private static Process Other(string signal) => Process.Start(
        Environment.ProcessPath!,
        [typeof(DisturbedDumps).Assembly.Location, "disturb-dumps-of", signal, $"{Environment.ProcessId}"]);

    /// <summary>The thread inside.</summary>
    private sealed class Disturber : IDisposable
    {
        private readonly Thread _thread;
        private volatile bool _stop;

        public Disturber(int signal)
        {
            _thread = new Thread(() =>
            {
                while (!_stop)
                {
                    if (CreateDumps.Of(Environment.ProcessId) is > 0 and var child) CreateDumps.Send(child, signal);
                    Thread.Sleep(0);
                }
            })
            { IsBackground = true };
            _thread.Start();
        }

        public void Dispose()
        {
            _stop = true;
            _thread.Join();
        }
    }
}
