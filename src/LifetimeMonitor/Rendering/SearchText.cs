using System.Globalization;
using System.Text;

namespace LifetimeMonitoring.Rendering;

/// <summary>The result of a search as text: the paths, the advice, and further facts about the leak.</summary>
internal static class SearchText
{
    private const string Margin = "  ";

    /// <summary>The paths and their certainty.</summary>
    public static string Render(PathSearchResult result) => $"{Paths(result)}{Margin}{Certainty(result)}.";

    /// <summary>
    /// All paths, each followed by its advice and the retained size of the object. The text ends with an empty line, or
    /// is empty.
    /// </summary>
    public static string Paths(PathSearchResult result)
    {
        var text = new StringBuilder();
        for (int i = 0; i < result.Paths.Count; i++)
        {
            RootPath path = result.Paths[i];
            if (i > 0) _ = text.Append($"\n{Margin}{Another(result)}:\n\n");
            _ = text.Append(PathText.Render(path)).Append('\n');
            if (path.Advice is { } advice && !result.Paths.Take(i).Any(p => p.Advice == advice))
                _ = text.Append($"\n{Paragraph.Wrap(advice)}\n");
            if (i == 0) AppendFacts(text, path, result);
        }

        // Exactly one empty line ends the text, however many facts there were.
        return text.Length == 0 ? "" : text.ToString().TrimEnd('\n') + "\n\n";
    }

    // Where cutting the suspect reference frees the object, every other path leads through it, too.
    private static string Another(PathSearchResult result) =>
        result is { SuspectIsOnEveryPath: true, SuspectTimes: <= 1 }
            ? "The suspect reference is also reached from"
            : "It is also held by";

    private static void AppendFacts(StringBuilder text, RootPath path, PathSearchResult result)
    {
        if (path.Advice is null) _ = text.Append('\n');
        if (result.KnownHolder is { } known)
            _ = text.Append(Paragraph.Wrap($"Known holder: {known.Pattern} ({known.Reason}).")).Append('\n');
        if (path.Suspect is not null && Cutting(result, path.Suspect.Kind) is { } cutting)
            _ = text.Append(Paragraph.Wrap(cutting)).Append('\n');
        var facts = new List<string>();
        if (result.Retained is { } retained)
            facts.Add(
                $"Keeps {Size(retained.Bytes)} alive in {retained.Objects.ToString("N0", CultureInfo.InvariantCulture)} "
                + $"object{(retained.Objects == 1 ? "" : "s")}.");
        if (path.Fingerprint.Length > 0) facts.Add($"Fingerprint {path.Fingerprint}.");
        if (facts.Count > 0) _ = text.Append(Margin).AppendJoin(' ', facts).Append('\n');
    }

    // Claims nothing that the search has not shown.
    private static string? Cutting(PathSearchResult result, ReferenceKind kind) => result switch
    {
        { SuspectTimes: > 1 and var times } =>
            $"It is held {(times == 2 ? "twice" : Quantity.Of(times) + " times")} "
            + (kind == ReferenceKind.Field && !result.Path!.Steps[0].IsSuspect ? "by this object" : "in this way")
            + (result.SuspectTimesAreAll
                ? $": cutting {(times == 2 ? "both" : "all")} references (^^^) frees it."
                : "."),
        { SuspectIsOnEveryPath: true } => "Cutting the suspect reference (^^^) frees it.",
        _ => null,
    };

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.#} GB"),
    };

    /// <summary>The certainty of the result, as the beginning of a sentence.</summary>
    public static string Certainty(PathSearchResult result) => result.Certainty switch
    {
        PathCertainty.NotSought => "Path: not looked for",
        PathCertainty.Exact when result.Path is null => "Path: none; everything was searched",
        PathCertainty.Exact => "Path: exact",
        PathCertainty.Partial => $"Path: partial ({result.Reason})",
        _ => $"Path: unavailable ({result.Reason})",
    };
}
