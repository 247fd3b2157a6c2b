using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

/// <summary>The leaked object of these tests.</summary>
public class Leaked
{
    public object? Next;

    public void OnHappened(object? sender, EventArgs e)
    {
    }
}

/// <summary>Makes a leak, checks it, and shows the path in the report.</summary>
internal static partial class Leak
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static LifetimeReport Check<T>(Func<T> make, LifetimeOptions? options = null)
        where T : class => LifeTimeMonitor.Track(make).Check(options);

    /// <summary>Repeats the check until the stacks are exact: a thread that has just been woken is not.</summary>
    public static LifetimeReport CheckUntilExact(this LifeTimeMonitor monitor, LifetimeOptions? options = null)
    {
        LifetimeReport report = monitor.Check(options);
        for (int i = 0; i < 10 && report.Certainty != PathCertainty.Exact; i++) report = monitor.Check(options);
        return report;
    }

    /// <summary>As <see cref="CheckUntilExact"/>, without blocking.</summary>
    public static async Task<LifetimeReport> CheckUntilExactAsync(this LifeTimeMonitor monitor, CancellationToken cancellationToken)
    {
        LifetimeReport report = await monitor.CheckAsync(cancellationToken: cancellationToken);
        // On a busy machine the snapshot is made before the awaiting method has left its stack.
        for (int i = 0; i < 20 && (report.Certainty != PathCertainty.Exact || report.Paths[0].Kind == RootKind.Stack); i++)
            report = await monitor.CheckAsync(cancellationToken: cancellationToken);
        return report;
    }

    /// <summary>The path in the report, without the marks at the right and the parts that vary between runs.</summary>
    public static string Text(this LifetimeReport report) =>
        report.Paths.Count == 0
            ? report.ToString()
            : Lines().Replace(
                Threads().Replace(
                    Marks().Replace(Underlines().Replace(report.Paths[0].ToString(), ""), ""),
                    "thread N"),
                m => m.Groups[1].Value + ":N");

    public static void Shows(this LifetimeReport report, string expected)
    {
        Assert.Equal(expected, report.Text());
        Assert.Equal(PathCertainty.Exact, report.Certainty);
    }

    [GeneratedRegex(@"\n[ │]*\^+(?=\n)")]
    private static partial Regex Underlines();

    [GeneratedRegex(@" {2,}(root|leaked)(?=\n|$)")]
    private static partial Regex Marks();

    [GeneratedRegex(@"(?:near )?(?=\w+\.cs:)(\w+\.cs):\d+")]
    private static partial Regex Lines();

    [GeneratedRegex(@"(thread-pool )?thread \d+")]
    private static partial Regex Threads();
}
