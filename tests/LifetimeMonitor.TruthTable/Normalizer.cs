using System.Text.RegularExpressions;

namespace LifetimeMonitor.TruthTable;

/// <summary>Replaces what legitimately differs from run to run and from machine to machine.</summary>
internal static partial class Normalizer
{
    // A line that is longer has its mark only where its numbers are short.
    private const int MarkColumn = 69, LongestMarked = 66;

    public static string Normalize(string text)
    {
        text = Threads().Replace(text, "thread N");
        text = Frames().Replace(text, "($1:N)");
        text = Times().Replace(text, "N $1");
        text = Retained().Replace(text, "Keeps N alive in N objects");
        text = Sizes().Replace(text, "N $1");
        text = Counts().Replace(text, "N $1");
        text = Paths().Replace(text, "");
        // There is a queue of timers for each processor, and a timer lands in that of the one it was made on.
        text = TimerQueues().Replace(text, "$1[N]");
        // A shorter or longer number moved the mark at the right.
        return string.Join('\n', text.Split('\n').Select(Realign));
    }

    private static string Realign(string line) => Mark().Match(line) switch
    {
        { Success: true, Index: <= LongestMarked } mark => line[..mark.Index].PadRight(MarkColumn) + mark.Groups[1].Value,
        { Success: true } mark => line[..mark.Index],
        _ => line.TrimEnd(),
    };

    [GeneratedRegex(@"\bthread \d+\b")]
    private static partial Regex Threads();

    [GeneratedRegex(@"\b\d[\d,.]* (ms|s|µs)\b")]
    private static partial Regex Times();

    // Of optimized code only the line nearby is known.
    [GeneratedRegex(@"\((?:near )?(\w+\.cs):\d+\)")]
    private static partial Regex Frames();

    [GeneratedRegex(@"Keeps .* alive in .* objects?\b")]
    private static partial Regex Retained();

    [GeneratedRegex(@"\b\d[\d,.]* (bytes|B|KB|MB|GB)\b")]
    private static partial Regex Sizes();

    [GeneratedRegex(@"\b\d[\d,]* (objects|threads)\b")]
    private static partial Regex Counts();

    [GeneratedRegex(@"(?<![\w.])(?:[A-Za-z]:)?[/\\](?:[\w.@ -]+[/\\])+")]
    private static partial Regex Paths();

    [GeneratedRegex(@"(\bTimerQueue\.(?:<Instances>k__BackingField|Instances)[^\n]*?(?:\n.*\n.*?)??)\[\d+\]")]
    private static partial Regex TimerQueues();

    [GeneratedRegex(@" {2,}(root|leaked)$")]
    private static partial Regex Mark();
}
