namespace LifetimeMonitoring.Specimens;

/// <summary>
/// The intended outcome of each test of a specimen: a line <c>Outcome Class.Method</c> for each in <c>verdicts.txt</c>
/// beside the specimen.
/// </summary>
internal static class Verdicts
{
    public const string FileName = "verdicts.txt";

    /// <summary>Class and method of the tests that should pass or be skipped.</summary>
    public static IReadOnlyList<string> Clean(IEnumerable<string> meant) =>
        [.. meant.Where(IsClean).Select(line => line.Split([' ', '('], 3)[1]).Distinct()];

    /// <summary>
    /// The differences from the intended outcomes, as text: false alarms, missed leaks, tests that did not run, unknown
    /// tests. Empty if there are none.
    /// </summary>
    /// <param name="meant">The lines of the file.</param>
    /// <param name="results">The actual results.</param>
    /// <param name="all">Whether all tests should run, or only those that should not fail.</param>
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
