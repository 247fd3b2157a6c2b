using System.Globalization;
using System.Text;

namespace LifetimeMonitoring.Rendering;

/// <summary>A path as text: the root on top, one reference per line, the object itself at the end.</summary>
internal static class PathText
{
    private const string Margin = "  ";
    private const int MarkColumn = 69, Width = 80;
    private const int MaxSteps = 60;
    private const int ShownAtEachEnd = 25;

    public static string Render(RootPath path)
    {
        var lines = new StringBuilder();
        _ = lines.Append(Marked(Margin + path.Root, "root"));
        if (path.Steps[0].IsSuspect) _ = lines.Append($"\n{Margin}{Underline(path.Root)}");
        int last = path.Steps.Count - 1, hidden = 0;
        // If some references have counts, the hidden ones are counted in the same way.
        bool isCounted = path.Steps.Any(s => s.Omitted > 0);
        for (int i = 1; i <= last; i++)
        {
            PathStep step = path.Steps[i];
            if (step.Omitted > 0 || IsHidden(step, i, last))
            {
                hidden += isCounted ? Math.Max(step.Omitted, step.Repeats) : 1;
                continue;
            }

            string more = Quantity.Of(hidden, "more reference", "more references");
            if (hidden > 0) _ = lines.Append($"\n{Margin}┊   … {more} …");
            hidden = 0;
            string repeats = step.Repeats > 1
                ? string.Create(CultureInfo.InvariantCulture, $"  ×{step.Repeats:N0}")
                : "";
            _ = lines.Append($"\n{Margin}│   {path.Steps[i - 1].TypeName}\n{Margin}├─ {step.Reference}{repeats}");
            if (step.IsSuspect) _ = lines.Append($"\n{Margin}│  {Underline(step.Reference)}");
        }

        return lines.Append('\n').Append(Marked($"{Margin}╰▶ {path.Steps[last].TypeName}", "leaked")).ToString();
    }

    // The suspect stays visible, because the report may say to cut it.
    private static bool IsHidden(PathStep step, int number, int last) =>
        last > MaxSteps && number > ShownAtEachEnd && number <= last - ShownAtEachEnd && !step.IsSuspect;

    private static string Underline(string words) => new('^', SuspectText.LengthOf(words));

    // A terminal would wrap the mark of a long line; the reader knows the first and the last line without it.
    private static string Marked(string line, string mark) => line.Length switch
    {
        < MarkColumn - 1 => line.PadRight(MarkColumn) + mark,
        var length when length + 2 + mark.Length <= Width => $"{line}  {mark}",
        _ => line,
    };
}
