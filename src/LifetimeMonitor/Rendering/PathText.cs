using System.Text;

namespace LifetimeMonitor.Rendering;

/// <summary>A path as text: the root on top, one reference per line, the object itself at the end.</summary>
internal static class PathText
{
    private const string Margin = "  ";
    private const int MarkColumn = 69;
    private const int MaxSteps = 60;
    private const int ShownAtEachEnd = 25;

    public static string Render(PathSearchResult result)
    {
        string path = result.Path is { } found ? Render(found) + '\n' : "";
        return $"{path}{Margin}{Certainty(result)}.";
    }

    public static string Render(RootPath path)
    {
        var lines = new StringBuilder();
        _ = lines.Append(Marked(Margin + path.Root, "root"));
        int last = path.Steps.Count - 1;
        for (int i = 1; i <= last; i++)
        {
            if (last > MaxSteps && i > ShownAtEachEnd && i <= last - ShownAtEachEnd)
            {
                if (i == ShownAtEachEnd + 1) _ = lines.Append($"\n{Margin}┊   … {last - (2 * ShownAtEachEnd)} more references …");
                continue;
            }

            _ = lines.Append($"\n{Margin}│   {path.Steps[i - 1].TypeName}\n{Margin}├─ {path.Steps[i].Reference}");
        }

        return lines.Append('\n').Append(Marked($"{Margin}╰▶ {path.Steps[last].TypeName}", "leaked")).ToString();
    }

    /// <summary>How sure the result is, as the beginning of a sentence.</summary>
    public static string Certainty(PathSearchResult result) => result.Certainty switch
    {
        PathCertainty.NotSought => "Path: not looked for",
        PathCertainty.Exact when result.Path is null => "Path: none; everything was searched",
        PathCertainty.Exact => "Path: exact",
        PathCertainty.Partial => $"Path: partial ({result.Reason})",
        _ => $"Path: unavailable ({result.Reason})",
    };

    private static string Marked(string line, string mark) => line.Length < MarkColumn - 1 ? line.PadRight(MarkColumn) + mark : $"{line}  {mark}";
}
