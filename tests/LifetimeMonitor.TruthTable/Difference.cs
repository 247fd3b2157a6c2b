namespace LifetimeMonitor.TruthTable;

/// <summary>Where two documents differ, section by section.</summary>
internal static class Difference
{
    public static IEnumerable<string> Between(string approved, string seen)
    {
        (string Title, string Text)[] before = Sections(approved), after = Sections(seen);
        foreach ((string title, string text) in after)
        {
            string? old = before.FirstOrDefault(s => s.Title == title).Text;
            if (old != text) yield return $"{title}\n{Lines(old ?? "", text)}";
        }

        foreach ((string title, _) in before.ExceptBy(after.Select(s => s.Title), s => s.Title)) yield return $"{title}\n- (no longer there)";
        if (before.Select(s => s.Title).SequenceEqual(after.Select(s => s.Title))) yield break;
        if (before.Length == after.Length) yield return "The rows are in another order.";
    }

    private static (string Title, string Text)[] Sections(string document) =>
    [
        .. ("\n" + document.ReplaceLineEndings("\n")).Split("\n" + Markdown.SectionMark)
            .Select((s, i) => i == 0 ? ("(head)", s.Trim()) : (s[..s.IndexOf('\n', StringComparison.Ordinal)], s.Trim())),
    ];

    // A section is short: what both begin and end with is shown once, what lies between twice.
    private static string Lines(string before, string after)
    {
        string[] old = before.Split('\n'), young = after.Split('\n');
        int shorter = Math.Min(old.Length, young.Length);
        int head = 0, tail = 0;
        while (head < shorter && old[head] == young[head]) head++;
        while (tail < shorter - head && old[^(tail + 1)] == young[^(tail + 1)]) tail++;
        return string.Join('\n',
        [
            .. young[..head].Select(l => "  " + l),
            .. old[head..^tail].Select(l => "- " + l),
            .. young[head..^tail].Select(l => "+ " + l),
            .. young[^tail..].Select(l => "  " + l),
        ]);
    }
}
