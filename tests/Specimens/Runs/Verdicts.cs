namespace LifetimeMonitor.Specimens;

/// <summary>
/// What each test of a specimen is meant to come to: a line <c>Outcome Class.Method</c> for each in <c>verdicts.txt</c> beside the specimen.
/// </summary>
internal static class Verdicts
{
    public const string FileName = "verdicts.txt";

    /// <summary>Class and method of what is not meant to fail: to pass, or to be skipped.</summary>
    public static IReadOnlyList<string> Clean(IEnumerable<string> meant) => [.. meant.Where(IsClean).Select(line => line.Split([' ', '('], 3)[1]).Distinct()];

    /// <summary>What differs from what is meant, in words: false alarms, missed leaks, tests that did not run or that nobody knows. Empty when all is well.</summary>
    /// <param name="meant">The lines of the file.</param>
    /// <param name="results">What was seen.</param>
    /// <param name="all">Whether all tests were to run, or only those that are not meant to fail.</param>
    public static IReadOnlyList<string> Differences(IReadOnlyList<string> meant, IEnumerable<SpecimenResult> results, bool all)
    {
        var seen = results.ToDictionary(Line, StringComparer.Ordinal);
        HashSet<string> expected = [.. meant];
        return
        [
            .. meant.Where(line => all || IsClean(line)).Where(line => !seen.ContainsKey(line)).Select(line => $"meant: {line}"),
            .. seen.Where(s => !expected.Contains(s.Key)).Select(s => $"seen:  {s.Key}\n{s.Value.Message}"),
        ];
    }

    private static string Line(SpecimenResult result) => $"{result.Outcome} {result.Name}";

    private static bool IsClean(string line) => !line.StartsWith("Failed ", StringComparison.Ordinal);
}
