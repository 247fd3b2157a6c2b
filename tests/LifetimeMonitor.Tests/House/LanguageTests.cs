using System.Text.RegularExpressions;

namespace LifetimeMonitoring.Tests.House;

/// <summary>Plain English and short lines: the measures of CONTRIBUTING.md.</summary>
public sealed partial class LanguageTests
{
    private const int LongLine = 120, LongestLine = 140;

    [Fact]
    public void No_source_line_is_longer_than_140_characters() => Assert.DoesNotContain(
        SourceLines(),
        line => line.Text.Length > LongestLine);

    [Fact]
    public void At_most_four_percent_of_the_source_lines_are_longer_than_120_characters()
    {
        (string, string Text)[] lines = [.. SourceLines()];
        Assert.InRange(lines.Count(l => l.Text.Length > LongLine) / (double)lines.Length, 0, 0.04);
    }

    // "What is shared goes on changing" makes the reader look for the subject. "The shared pages keep changing" names it.
    [Fact]
    public void Comments_name_their_subjects() => AssertNamed(SourceLines().Select(l => Comment().Match(l.Text).Groups["text"].Value));

    [Fact]
    public void The_documentation_names_its_subjects() => AssertNamed(Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
        .Where(f => !Path.GetFileName(f).StartsWith("truth-table", StringComparison.Ordinal))
        .Append(Path.Combine(Repository.Root, "README.md"))
        .SelectMany(File.ReadLines));

    [Fact]
    public void Messages_name_their_subjects() => AssertNamed(SourceLines()
        .Where(l => !l.Text.TrimStart().StartsWith("//", StringComparison.Ordinal))
        .SelectMany(l => Message().Matches(l.Text).Select(m => m.Groups["text"].Value)));

    [Fact]
    public void Names_of_tests_name_their_subjects() => AssertNamed(Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
        .SelectMany(File.ReadLines)
        .Select(l => TestName().Match(l).Groups["text"].Value.Replace('_', ' ')));

    private static void AssertNamed(IEnumerable<string> texts)
    {
        int words = 0, headless = 0;
        foreach (string text in texts)
        {
            words += Word().Count(text);
            headless += Headless().Count(text);
        }

        Assert.InRange(headless * 1000.0 / words, 0, 2);
    }

    private static IEnumerable<(string File, string Text)> SourceLines() => Directory
        .EnumerateFiles(Repository.Sources, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetExtension(f) is ".cs" or ".c" or ".h")
        .Where(f => !f.Split(Path.DirectorySeparatorChar).Contains("obj"))
        .SelectMany(f => File.ReadLines(f).Where(l => l.Trim().Length > 0).Select(l => (Path.GetFileName(f), l)));

    [GeneratedRegex("//+(?<text>.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex("""
        "(?<text>[^"\\]* [^"\\]*)"
        """)]
    private static partial Regex Message();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:void|Task|ValueTask) (?<text>[A-Z][A-Za-z0-9]*_\w+)\(")]
    private static partial Regex TestName();

    [GeneratedRegex("[A-Za-z][A-Za-z'-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:^|[\s(,;:—.>])(?:[Ww]hat|[Ww]hoever|[Ww]hatever|[Ww]ho)\b")]
    private static partial Regex Headless();
}
