using System.Diagnostics;

namespace LifetimeMonitor.TestHost;

/// <summary>Checks that something is made to go wrong in: none may throw, say what is not so, take longer than its budget, or leave anything behind.</summary>
/// <param name="budget">The time budget of each.</param>
/// <param name="isClean">Whether nothing is left behind, once what is to be done about it was done.</param>
/// <param name="describe">What is left behind.</param>
internal sealed class Trials(TimeSpan budget, Func<bool> isClean, Func<string> describe)
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_timeToEnd = TimeSpan.FromSeconds(20);

    public int Made { get; private set; }

    public int Wrong { get; private set; }

    /// <summary>Those without an exact path.</summary>
    public int Unsure { get; private set; }

    public void Try(string what, Func<LifetimeReport> check, Func<LifetimeReport, bool> isRight)
    {
        Made++;
        long start = Stopwatch.GetTimestamp();
        string? complaint = null;
        try
        {
            LifetimeReport report = check();
            bool isExact = report.Search.Certainty == PathCertainty.Exact;
            if (!isExact) Unsure++;
            // What is not exact is said to be so, with the reason.
            bool isHonest = isExact ? isRight(report) : report.Search.Reason is { Length: > 0 } && report.Verdict is not (LifetimeVerdict.Dead or LifetimeVerdict.Transient or LifetimeVerdict.Inconclusive);
            if (!isHonest) complaint = report.ToString();
            if (Stopwatch.GetElapsedTime(start) > budget + s_grace) complaint = "took too long";
        }
#pragma warning disable CA1031 // Any exception is wrong, and is to be seen with what caused it.
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
