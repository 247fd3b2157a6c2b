namespace LifetimeMonitoring.Specimens;

/// <summary>
/// Runs a specimen directly by the runner of its framework: a program by itself, a library by VSTest.
/// </summary>
internal static class Runner
{
    public const string Trx = "results.trx";
    public const string JUnit = "results.junit.xml";
    public const string Ctrf = "results.ctrf.json";

    /// <summary>The arguments of <c>dotnet</c> that run a specimen.</summary>
    /// <param name="assembly">The specimen.</param>
    /// <param name="results">The existing directory for the runner's files.</param>
    /// <param name="tests">
    /// Class and method of the selected tests, each of which may match several; none for all.
    /// </param>
    public static string[] Arguments(string assembly, string results, IReadOnlyList<string> tests) => Framework(assembly) switch
    {
        "XunitV3" => [
            assembly,
            "-result-trx",
            Path.Combine(results, Trx),
            "-noColor",
            .. tests.SelectMany(t => new[] { "-method", "*." + t })
        ],
        "TUnit" => [
            assembly,
            "--report-trx",
            "--report-trx-filename",
            Trx,
            "--results-directory",
            results,
            "--no-ansi",
            .. TreeNodes(tests)
        ],
        _ => ["vstest", assembly, "--logger:trx;LogFileName=" + Trx, "--ResultsDirectory:" + results, .. TestCases(tests)],
    };

    /// <summary>The arguments for the other reports that its runner can write.</summary>
    public static string[] OtherReports(string assembly, string results) => Framework(assembly) switch
    {
        "XunitV3" => ["-result-junit", Path.Combine(results, JUnit), "-result-ctrf", Path.Combine(results, Ctrf)],
        "TUnit" => ["--junit-output-path", Path.Combine(results, JUnit)],
        "NUnit" => [VSTestJUnit(results), "--", "NUnit.TestOutputXml=" + results],
        _ => [VSTestJUnit(results)],
    };

    private static string VSTestJUnit(string results) => "--logger:junit;LogFilePath=" + Path.Combine(results, JUnit);

    // The name of a specimen begins with its framework.
    private static string Framework(string assembly) => Path.GetFileName(assembly).Split('.', 2)[0];

    // The filter selects at each level, but not in one branch only: methods with that name in other classes also run.
    private static string[] TreeNodes(IReadOnlyList<string> tests) =>
        tests.Count == 0 ? [] : ["--treenode-filter", $"/*/*/*/{string.Join('|', tests.Select(t => $"({t.Split('.')[1]})").Distinct())}"];

    private static string[] TestCases(IReadOnlyList<string> tests) =>
        tests.Count == 0 ? [] : ["--TestCaseFilter:" + string.Join('|', tests.Select(t => "FullyQualifiedName~." + t))];
}
