using System.Globalization;
using System.Text;

namespace LifetimeMonitoring.Rendering;

/// <summary>A report as text: the verdict and the object, the path, the certainty, and the cost.</summary>
internal static class ReportText
{
    private const string Margin = "  ";
    private const int LongestLine = 100; // for the last line: certainty and cost

    public static string Render(IReadOnlyList<LifetimeReport> reports) => reports.Count == 1
        ? Render(reports[0])
        : $"{reports.Count} objects are still alive.\n\n"
            + string.Join("\n\n", reports.Select((r, i) => $"{i + 1}) {Render(r)}"));

    public static string Render(LifetimeReport report)
    {
        var text = new StringBuilder(Subject(report.Target)).Append(Verdict(report));
        if (report.Verdict == LifetimeVerdict.Dead)
            return text.Append(' ').Append(CostText.Collections(report.Cost)).Append('.').ToString();
        _ = text.Append('\n');
        _ = text.Append('\n').Append(SearchText.Paths(report.Search));
        foreach (string note in report.Notes) _ = text.Append(Paragraph.Wrap(note)).Append('\n');
        string end = $"{SearchText.Certainty(report.Search)}. {CostText.Of(report.Cost)}.";
        return text.Append(end.Length <= LongestLine ? Margin + end : Paragraph.Wrap(end)).ToString();
    }

    public static string RenderNotAlive(LifetimeReport report) =>
        $"{Subject(report.Target)} should be alive and is dead: nothing held it. {CostText.Collections(report.Cost)}.";

    /// <summary>The object, and the place that tracked it.</summary>
    public static string Subject(TrackedObject target)
    {
        string expression = target.Expression is { Length: > 0 } text ? $" as `{Shorten(text)}`" : "";
        string place = target.FilePath is { Length: > 0 } path
            ? string.Create(CultureInfo.InvariantCulture, $" at {FileName(path)}:{target.Line}")
            : "";
        return expression.Length + place.Length == 0
            ? target.TypeName
            : $"{target.TypeName} (tracked{expression}{place})";
    }

    private static string Verdict(LifetimeReport report) => report.Verdict switch
    {
        LifetimeVerdict.Dead => " is dead.",
        LifetimeVerdict.StackOnly when report.Paths is [{ Kind: RootKind.Stack, Steps.Count: > 1 }, ..] =>
            " is still alive: only variables of running methods lead to it.",
        LifetimeVerdict.StackOnly => " is still alive: only a stack holds it.",
        LifetimeVerdict.FinalizerPending => " is still alive: it waits for its finalizer.",
        LifetimeVerdict.Transient => " is still alive, and nothing in the snapshot holds it.",
        LifetimeVerdict.Inconclusive => ": no verdict.",
        _ => " is still alive.",
    };

    private static string Shorten(string expression)
    {
        const int Longest = 60;
        string oneLine = string.Join(
            ' ',
            expression.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return oneLine.Length <= Longest ? oneLine : oneLine[..(Longest - 1)] + '…';
    }

    // The path comes from the machine that compiled the code, which may run another operating system.
    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
