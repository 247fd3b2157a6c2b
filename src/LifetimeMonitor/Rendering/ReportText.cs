using System.Globalization;
using System.Text;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Rendering;

/// <summary>A report as text: the verdict and the object, the path, the certainty, and the cost.</summary>
internal static class ReportText
{
    public static string Render(IReadOnlyList<LifetimeReport> reports)
    {
        if (reports.Count == 1) return Render(reports[0]);
        var text = new StringBuilder(Headline.Of(reports));
        for (int i = 0; i < reports.Count; i++)
        {
            // One check searches for all of them, so its cost is that of the last one, too.
            bool isLast = i == reports.Count - 1 || reports[i].Cost != reports[i + 1].Cost;
            _ = text.Append(CultureInfo.InvariantCulture, $"\n\n{i + 1}) ").Append(Alive(reports[i], withCost: isLast));
        }

        return text.ToString();
    }

    public static string Render(LifetimeReport report) => report.Verdict == LifetimeVerdict.Dead
        ? $"{Subject(report.Target)} is dead. {CostText.Collections(report.Cost)}."
        : Alive(report, withCost: true);

    private static string Alive(LifetimeReport report, bool withCost)
    {
        var text = new StringBuilder(Headline.Of(report)).Append('\n');
        _ = text.Append(Paragraph.Wrap($"{Described(report.Target)}.")).Append("\n\n");
        _ = text.Append(SearchText.Paths(report.Search));
        foreach (string note in report.Notes) _ = text.Append(Paragraph.Wrap(note)).Append('\n');
        string cost = withCost ? $" {CostText.Of(report.Cost)}." : "";
        return text.Append(Paragraph.Wrap($"{SearchText.Certainty(report.Search)}.{cost}")).ToString();
    }

    public static string RenderNotAlive(LifetimeReport report) =>
        $"{Subject(report.Target)} should be alive and is dead: nothing held it. {CostText.Collections(report.Cost)}.";

    /// <summary>The object, and the place that tracked it.</summary>
    public static string Subject(TrackedObject target) =>
        Place(target) is { } place ? $"{target.TypeName} ({place})" : target.TypeName;

    private static string Described(TrackedObject target) =>
        Place(target) is { } place ? $"{target.TypeName}, {place}" : target.TypeName;

    private static string? Place(TrackedObject target)
    {
        string expression = target.Expression is { Length: > 0 } text ? $" as `{Shorten(text)}`" : "";
        string place = target.FilePath is { Length: > 0 } path
            ? string.Create(CultureInfo.InvariantCulture, $" at {FileName(path)}:{target.Line}")
            : "";
        return expression.Length + place.Length == 0 ? null : $"tracked{expression}{place}";
    }

    private static string Shorten(string expression)
    {
        const int Longest = 60;
        string oneLine = string.Join(
            ' ',
            expression.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return oneLine.Length <= Longest ? oneLine : Characters.Start(oneLine, Longest - 1) + '…';
    }

    // The path comes from the machine that compiled the code, which may run another operating system.
    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
