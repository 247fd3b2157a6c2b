using System.Diagnostics;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Checks with an injected failure: none may throw, report anything false, exceed its budget, or leave anything behind.
/// </summary>
/// <param name="budget">The time budget of each.</param>
/// <param name="isClean">Whether nothing is left behind, after the clean-up.</param>
/// <param name="describe">Describes the leftovers.</param>
internal sealed class Trials(TimeSpan budget, Func<bool> isClean, Func<string> describe)
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_timeToEnd = TimeSpan.FromSeconds(20);

    public int Made { get; private set; }

    public int Wrong { get; private set; }

    /// <summary>The number of checks without an exact path.</summary>
    public int Unsure { get; private set; }

    public void Try(string what, Func<LifetimeReport> check, Func<LifetimeReport, bool> isRight)
    {
        Made++;
        long start = Stopwatch.GetTimestamp();
        string? complaint = null;
        try
        {
            LifetimeReport report = check();
            bool isExact = report.Certainty == PathCertainty.Exact;
            if (!isExact) Unsure++;
            // An inexact report must say so, with the reason.
            bool isHonest = isExact
                ? isRight(report)
                : report.Reason is { Length: > 0 }
                    && report.Verdict is not (
                        LifetimeVerdict.Dead or LifetimeVerdict.Transient or LifetimeVerdict.Inconclusive);
            if (!isHonest) complaint = report.ToString();
            if (Stopwatch.GetElapsedTime(start) > budget + s_grace) complaint = "took too long";
        }
#pragma warning disable CA1031 // Any exception is an error, and is reported with its cause.
        catch (Exception e)
#pragma warning restore CA1031
        {
            complaint = e.ToString();
        }

        if (!SpinWait.SpinUntil(isClean, s_timeToEnd)) complaint += " left behind: " + describe();
        if (complaint is not null) Fail($"{what}: {complaint}");
    }

    public void Fail(string complaint)
    {
        Wrong++;
        Console.WriteLine(complaint);
    }
}
