using System.Diagnostics;
using System.Globalization;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.TestHost.Chaos.Loads;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>
/// Random load, checks and faults. The contents of an episode are printed before it begins and follow from the seed:
/// <c>chaos seed checks</c>, <c>chaos seed minutesm</c>, and <c>chaos seed@episode</c> to repeat one episode.
/// </summary>
internal static class ChaosRun
{
    private const int WarmUp = 5;

    public static int Run(string what, string? limit = null)
    {
        string[] parts = what.Split('@');
        int seed = Number(parts[0]);
        int? only = parts.Length > 1 ? Number(parts[1]) : null;
        TimeSpan? time = limit is [.. var minutes, 'm'] ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)) : null;
        int checks = time is null && limit is not null ? Number(limit) : int.MaxValue;
        Tally.Print(
            $"chaos, seed {seed}, .NET {Environment.Version}, " +
            $"{(System.Runtime.GCSettings.IsServerGC ? "server" : "workstation")} GC");

        Metronome.Start();
        Watchdog.Start();

        // Creates beforehand the permanent parts of the first check and of the first load of each kind.
        Signals.Prepare();
        ChildProcesses.StartOne();
        for (int i = 0; i < WarmUp; i++) _ = Holder.LeakThroughList().Check();
        var residue = new Residue();
        var growth = new Growth();
        var tally = new Tally();
        long start = Stopwatch.GetTimestamp();
        bool IsOver() => CrashGuard.IsComponentLost || (time is { } most && Stopwatch.GetElapsedTime(start) >= most);
        for (int number = only ?? 0; tally.Checks < checks && !IsOver(); number++)
        {
            long began = Stopwatch.GetTimestamp();
            var episode = new Episode(seed, number);
            Tally.Print(episode.ToString());
            episode.Run(checks - tally.Checks, IsOver, tally);
            Watchdog.Begin(nameof(Residue), $"chaos {seed}@{number}, looking at what is left");
            // A thread that crashed in the component sleeps forever and keeps its resources.
            if (!CrashGuard.IsComponentLost && residue.Find() is { } left) tally.FailLeft($"{seed}@{number}", left);
            growth.Look(tally.Checks);
            Watchdog.End(nameof(Residue));
            Tally.Print($"  {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s; so far {tally}; {growth}");
            if (only is not null) break;
        }

        if (CrashGuard.IsComponentLost) tally.Fail($"{seed}", CrashGuard.Explain());
        string? grown = growth.Complaint();
        Console.Write(tally.Reasons());
        if (grown is not null) Console.WriteLine(grown);
        Tally.Print($"{tally}; seed {seed}");
        return tally.HasFailed || tally.IsPathMissingTooOften || grown is not null ? 1 : 0;
    }

    /// <summary>The load of one episode for a while, without checks: our code does not cause its failures.</summary>
    public static int RunLoad(string what, int seconds)
    {
        string[] parts = what.Split('@');
        Signals.Prepare();
        var episode = new Episode(Number(parts[0]), Number(parts[1]));
        Tally.Print(episode.ToString());
        episode.RunLoad(TimeSpan.FromSeconds(seconds));
        return 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
