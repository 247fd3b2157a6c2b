using System.Text.RegularExpressions;

namespace LifetimeMonitoring.Tests.House;

/// <summary>The documentation quotes real reports, and its links lead somewhere.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string s_docs = Path.Combine(Repository.Root, "docs");

    [Fact]
    public void A_quoted_report_is_that_of_the_truth_table()
    {
        Dictionary<string, string> reports = Section().Matches(File.ReadAllText(Repository.ApprovedTruthTable))
            .ToDictionary(m => Anchor(m.Groups["name"].Value), m => m.Groups["report"].Value);
        int quotes = 0;
        foreach (string page in Pages())
        {
            foreach (Match quote in Quote().Matches(File.ReadAllText(page)))
            {
                Assert.Equal(reports[quote.Groups["row"].Value], quote.Groups["report"].Value);
                quotes++;
            }
        }

        Assert.InRange(quotes, 8, int.MaxValue);
    }

    [Fact]
    public void A_relative_link_leads_to_a_file_and_a_heading() => Assert.Empty(
        Pages().SelectMany(page => Link().Matches(File.ReadAllText(page))
            .Select(m => m.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Exists(page, target))
            .Select(target => $"{Path.GetRelativePath(Repository.Root, page)}: {target}")));

    [Fact]
    public void A_link_to_our_repository_leads_to_a_file() => Assert.All(
        Pages().Append(Path.Combine(Repository.Root, "README.md"))
            .SelectMany(page => OwnLink().Matches(File.ReadAllText(page)))
            .Select(m => m.Groups["target"].Value),
        target => Assert.True(Exists(Path.Combine(Repository.Root, "README.md"), target), target));

    private static IEnumerable<string> Pages() => Directory.EnumerateFiles(s_docs, "*.md", SearchOption.AllDirectories);

    private static bool Exists(string page, string target)
    {
        string[] parts = target.Split('#', 2);
        string file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        if (Directory.Exists(file)) return parts.Length == 1;
        if (!File.Exists(file)) return false;
        return parts.Length == 1
            || Heading().Matches(File.ReadAllText(file)).Any(h => Anchor(h.Groups["text"].Value) == parts[1]);
    }

    private static string Anchor(string heading) =>
        NotInAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^## (?<name>.+)\n(?:(?!^## )[^\n]*\n)*?```\n(?<report>(?:(?!```)[^\n]*\n)*)```", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(
        @"```[a-z]*\n(?<report>(?:(?!```)[^\n]*\n)*)```\s*\(From \[the truth table\]\(\.\./truth-table\.md#(?<row>[^)]+)\)")]
    private static partial Regex Quote();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\]\(https://github\.com/LifetimeMonitor/LifetimeMonitor/blob/main/(?<target>[^)\s]+)\)")]
    private static partial Regex OwnLink();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NotInAnchor();
}
