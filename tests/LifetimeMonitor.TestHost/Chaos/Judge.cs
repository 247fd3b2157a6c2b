using LifetimeMonitor.TestHost.Chaos.Leaks;

namespace LifetimeMonitor.TestHost.Chaos;

/// <summary>What is wrong with a report.</summary>
internal static class Judge
{
    /// <summary>What is wrong with the report of an object that is held, or null.</summary>
    /// <param name="report">The report.</param>
    /// <param name="expected">What it must say.</param>
    /// <param name="isHurried">There may not have been the time to name the path.</param>
    public static string? OfHeld(LifetimeReport report, Expectation expected, bool isHurried)
    {
        bool isHonest = report.Search.Certainty switch
        {
            PathCertainty.Exact => isHurried ? expected.FitsUnnamed(report) : expected.Fits(report),
            // What is not sure is said not to be, with the reason; and who is held is alive.
            PathCertainty.Partial or PathCertainty.Unavailable => report.Search.Reason is { Length: > 0 } && IsAliveFor(report, expected),
            _ => false,
        };
        return isHonest ? null : $"expected {expected}; it said:\n{report}";
    }

    /// <summary>What is wrong with what was said of an object that nobody holds, or null.</summary>
    public static string? OfDead(LifetimeReport report) =>
        report.Verdict != LifetimeVerdict.Dead ? $"expected {LifetimeVerdict.Dead}; it said:\n{report}" : null;

    // Without a path it is retained, whatever it is held by. With one that is not sure another kind of root may be the nearest.
    private static bool IsAliveFor(LifetimeReport report, Expectation expected) => report.Paths.Count == 0
        ? report.Verdict == LifetimeVerdict.Retained
        : report.Verdict == expected.Verdict || report.Verdict == LifetimeVerdict.StackOnly;
}
