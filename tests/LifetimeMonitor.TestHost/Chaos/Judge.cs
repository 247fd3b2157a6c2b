using LifetimeMonitoring.Reports;
using LifetimeMonitoring.TestHost.Chaos.Leaks;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>Finds errors in a report.</summary>
internal static class Judge
{
    /// <summary>The error in the report of a held object, or null.</summary>
    /// <param name="report">The report.</param>
    /// <param name="expected">The expected contents.</param>
    /// <param name="isHurried">Whether the time may have been too short to name the path.</param>
    public static string? OfHeld(LifetimeReport report, Expectation expected, bool isHurried)
    {
        bool isHonest = report.Certainty switch
        {
            PathCertainty.Exact => isHurried ? expected.FitsUnnamed(report) : expected.Fits(report),
            // An uncertain report must say so, with the reason; and a held object is alive.
            PathCertainty.Partial or PathCertainty.Unavailable => report.Reason is { Length: > 0 } && IsAliveFor(report, expected),
            _ => false,
        };
        return isHonest ? null : $"expected {expected}; it said:\n{report}";
    }

    /// <summary>The error in the report of an unheld object, or null.</summary>
    public static string? OfDead(LifetimeReport report) =>
        report.Verdict != LifetimeVerdict.Dead ? $"expected {LifetimeVerdict.Dead}; it said:\n{report}" : null;

    // Without a path, any reason to be alive is right. With an uncertain path, another kind of root may be the nearest.
    private static bool IsAliveFor(LifetimeReport report, Expectation expected) => report.Paths.Count == 0
        ? report.Verdict == LifetimeVerdict.Alive
        : report.Verdict == expected.Verdict || report.Verdict == LifetimeVerdict.StackOnly;
}
