using System.Reflection;

namespace LifetimeMonitoring.Specimens;

/// <summary>
/// Compares the table of <c>docs/reference/frameworks.md</c> with a run: a test of the specimen tracks each object and
/// passes when it is dead.
/// </summary>
internal static class AliveTable
{
    private static readonly (string Row, string Test)[] s_rows =
    [
        ("a local of the test", "A_local"),
        ("a local of an asynchronous test", "A_local_of_an_asynchronous_test"),
        ("the instance of the test class", "The_instance"),
        ("a field of it", "A_field"),
        ("a field that the tear-down sets to null", "A_field_set_to_null_in_tear_down"),
        ("an argument of the test", "An_argument"),
        ("what a fixture of the class holds", "What_a_fixture_holds"),
    ];

    /// <summary>Compares a column of the table with the results of the tests of a class.</summary>
    public static void Agrees(string column, SpecimenRun run, string @class)
    {
        SpecimenResult[] results = [.. run.Of(@class)];
        Assert.Equal(s_rows.Length, results.Length);
        Assert.Equal(
            Column(column).Select(c => $"{c.Row}: {c.Cell}"),
            s_rows.Select(r => $"{r.Row}: {Found(results.Single(result => Method(result) == r.Test))}"));
    }

    private static string Found(SpecimenResult result)
    {
        if (result.Outcome == "Failed") Expect.Shows(", tracked as ", result.Message);
        return result.Outcome == "Passed" ? "dead" : "**alive**";
    }

    // A test with arguments has them after its name.
    private static string Method(SpecimenResult result) => result.Name.Split('.', 2)[1].Split(['(', ' '], 2)[0];

    private static IEnumerable<(string Row, string Cell)> Column(string column)
    {
        string[][] lines =
        [
            .. File.ReadLines(Page())
                .Where(l => l.StartsWith('|'))
                .Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))
        ];
        string[][] table =
        [
            .. lines
                .SkipWhile(l => !l.Contains(column))
                .TakeWhile(l => l.Length == lines.First(h => h.Contains(column)).Length)
        ];
        int index = Array.IndexOf(table[0], column);
        return table.Skip(2).Select(l => (l[0], l[index]));
    }

    private static string Page() =>
        typeof(AliveTable).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "docs/reference/frameworks.md").Value!;
}
