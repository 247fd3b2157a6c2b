using System.Reflection;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>docs/reference/libraries.md: a row for each proven leak.</summary>
internal static class Page
{
    private const string Head = """
        # Libraries

        This page has the leaks with libraries that we know, and the advice in their reports. Each row is a test with the
        real library. The test leaks, compares the sentence, and follows it. Then the object is dead. The last column has the
        call that the test makes, or the change in the code where no call can free an object any more.

        In the sentences the leaked object is mostly a `Connection`. A part of .NET has only its major version.
        [The truth table](../truth-table.md) has the leaks without a library. `tests/LifetimeMonitor.Libraries.Tests` generates
        this page and compares it.

        | library | way to leak | advice | end of the leak |
        | --- | --- | --- | --- |

        """;

    private static readonly SortedSet<string> s_rows = new(StringComparer.Ordinal);

    /// <summary>Whether each proven row is compared with the page.</summary>
    public static bool IsCompared { get; set; } = true;

    /// <summary>The page with the rows that were proved in this process.</summary>
    public static string Text => Document(s_rows);

    public static string ApprovedText => File.ReadAllText(Path.GetFullPath(
        typeof(Page).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "Page").Value!));

    public static string Document(IEnumerable<string> rows) => Head + string.Concat(rows.Select(r => r + "\n"));

    public static IEnumerable<string> Rows(string document) => document.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(2);

    public static void Add(Row row)
    {
        _ = s_rows.Add(row.ToString());
        if (IsCompared) Assert.True(Rows(ApprovedText).Contains(row.ToString()), $"The page lacks this row:\n{row}");
    }
}
