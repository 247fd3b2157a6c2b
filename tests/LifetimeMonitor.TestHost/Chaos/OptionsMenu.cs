namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>Chooses options at random: mostly the usual ones.</summary>
internal static class OptionsMenu
{
    private const int Usual = 5, ShortestBudget = 20, LongestBudget = 2000;
    private static readonly SnapshotKind[] s_noDumps = [SnapshotKind.Clone];
    private static readonly LifetimeOptions s_usual = new();

    public static LifetimeOptions Choose(Random random, bool allowsDumps) =>
        Choose(random) is var chosen && allowsDumps ? chosen : chosen with { Snapshots = s_noDumps };

    /// <summary>Whether the time may be too short to find a path.</summary>
    public static bool IsHurried(LifetimeOptions options) => options.TimeBudget <= TimeSpan.FromMilliseconds(LongestBudget);

    public static string Describe(LifetimeOptions options) =>
        $"budget {options.TimeBudget.TotalSeconds:0.###} s" +
        $"{(options.Patience is { } patience ? $", patience {patience.TotalMilliseconds:0} ms" : "")}" +
        $"{(options.MeasureRetained ? "" : ", nearest only")}{(options.TrackResurrection ? ", resurrection" : "")}" +
        $"{(options.Snapshots.Count == 1 ? ", clone only" : "")}";

    private static LifetimeOptions Choose(Random random) => random.Next(10) switch
    {
        < Usual => s_usual,
        5 => s_usual with { TimeBudget = TimeSpan.FromMilliseconds(random.Next(ShortestBudget, LongestBudget)) },
        6 => s_usual with { MaxPaths = 1, MeasureRetained = false },
        7 => s_usual with { Patience = TimeSpan.FromMilliseconds(random.Next(200)) },
        8 => s_usual with { TrackResurrection = true },
        _ => s_usual with { Snapshots = s_noDumps },
    };
}
