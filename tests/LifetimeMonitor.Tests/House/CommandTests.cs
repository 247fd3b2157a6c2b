using System.Text.RegularExpressions;

namespace LifetimeMonitoring.Tests.House;

/// <summary>Each command of the documentation is run by a script or a test.</summary>
public sealed partial class CommandTests
{
    // A command of the documentation, as a pattern, and the text of the file that runs it. An option that spares a build may be added there.
    private static readonly (string Command, string File, string Text)[] s_runs =
    [
        (@"dotnet add package LifetimeMonitor", ".ci/use-packages", "dotnet add package LifetimeMonitor"),
        (@"dotnet add package LifetimeMonitor\.\w+", ".ci/newcomers", "dotnet add package \"$package\""),
        (@"dotnet new nunit", ".ci/newcomers", "newcomer nunit@template"),
        (@"dotnet new mstest", ".ci/newcomers", "newcomer mstest@template"),
        (@"dotnet new xunit", ".ci/newcomers", "newcomer xunit@template"),
        (@"dotnet run", ".ci/newcomers", "dotnet \"$runner\" --no-build"),
        (@"dotnet run app\.cs", ".ci/use-packages", "dotnet run app.cs"),
        (@"dotnet test", ".ci/run", "dotnet test LifetimeMonitor.sln --no-build"),
        ("dotnet test tests/LifetimeMonitor.Tests --filter .+", ".ci/nightly", "$&"),
        ("dotnet run --project samples/Quickstart", ".ci/run", "$&"),
        (".* -- row \"static event\"", ".ci/run", "TruthTable --no-build -c Release -- row \"static event\""),
        (@"(dotnet run --project tests/LifetimeMonitor\.TruthTable -- markdown >) docs/truth-table\.md", ".ci/nightly", "$1"),
        (@"(dotnet run --project tests/LifetimeMonitor\.Libraries\.Tests -- markdown >) libraries\.md && mv .+", ".ci/nightly", "$1"),
        (@"dotnet run -c Release --project tests/LifetimeMonitor\.TestHost -- chaos <seed>@<episode>", ".ci/run", "\"${host[@]}\" chaos \"$seed@1\""),
        (@"dotnet run -c Release --project tests/LifetimeMonitor\.TestHost -- <scenario>", ".ci/run", "\"${host[@]}\" chaos \"$seed\""),
        (@"(dotnet run -c Release --project benchmarks/LifetimeMonitor\.Benchmarks -- ratios)( quick)?", ".ci/nightly", "$1"),
        (@"(dotnet run -c Release --project benchmarks/LifetimeMonitor\.Benchmarks -- curves) FILE", ".ci/nightly", "$1"),
        (@"dotnet run -c Release --project benchmarks/LifetimeMonitor\.Benchmarks -- --filter '\*'", ".ci/run", "--list flat --filter '*'"),
        (@"(tests/Specimens/Suites/run) \d", ".ci/nightly", "$1"),
        (@"(tests/Native/sanitize\.sh)", ".ci/nightly", "$&"),
        (@"tests/Native/sanitize\.sh =SEED", ".ci/nightly", "tests/Native/sanitize.sh \"=$seed\""),
        (@"sanitize\.sh libfuzzer", ".ci/nightly", "tests/Native/sanitize.sh libfuzzer"),
        (@"build\.sh", "tests/LifetimeMonitor.Tests/Snapshots/CloneCodeTests.cs", "\"build.sh\""),
        (@"\.ci/run", ".github/workflows/ci.yml", "run: .ci/run"),
        (@"\.ci/nightly", ".github/workflows/nightly.yml", "run: .ci/nightly"),
        (@"\.ci/musl", ".ci/nightly", ".ci/musl > \"$hosts/log\""),
        (@"\.ci/arm64", ".ci/nightly", "$&"),
        (@"\.ci/newcomers", ".ci/run", "$&"),
        (@"\.ci/site", ".ci/run", "$&"),
    ];

    [Fact]
    public void Each_documented_command_has_a_script_or_test_that_runs_it()
    {
        string[] commands = [.. Commands()];
        Assert.InRange(commands.Length, 20, int.MaxValue);
        Assert.DoesNotContain(commands, c => !s_runs.Any(r => Runs(r, c)));
    }

    [Fact]
    public void Each_listed_command_is_in_the_documentation()
    {
        string[] commands = [.. Commands()];
        Assert.DoesNotContain(s_runs, r => !commands.Any(c => Regex.IsMatch(c, $"^(?:{r.Command})$")));
    }

    private static bool Runs((string Command, string File, string Text) run, string command)
    {
        Match match = Regex.Match(command, $"^(?:{run.Command})$");
        return match.Success && File.ReadLines(Path.Combine(Repository.Root, run.File))
            .Any(line => !line.TrimStart().StartsWith('#') && line.Contains(match.Result(run.Text), StringComparison.Ordinal));
    }

    // Lines of blocks that have no language or that of a shell, and code within sentences and tables.
    private static IEnumerable<string> Commands() => Pages()
        .Select(File.ReadAllText)
        .SelectMany(text => Block().Matches(text)
            .Where(block => block.Groups["language"].Value is "" or "sh" or "bash" or "shell" or "console")
            .SelectMany(block => block.Groups["lines"].Value.Split('\n'))
            .Select(line => Remark().Replace(line, "").TrimStart('$', ' '))
            .Concat(Code().Matches(Block().Replace(text, "")).Select(code => code.Groups["text"].Value)))
        .Where(text => Command().IsMatch(text))
        .Distinct();

    private static IEnumerable<string> Pages() => Directory
        .EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
        .Where(page => Path.GetRelativePath(Repository.Root, page).Split(Path.DirectorySeparatorChar) is var parts
            // The table quotes reports alone, and the results say how they were measured on their day.
            && !parts[^1].StartsWith("truth-table", StringComparison.Ordinal)
            && !parts.Any(part => part is "bin" or "obj" or "artifacts" or "results" or "TestResults"));

    [GeneratedRegex(@"^(?:\$ )?(?:(?:dotnet|docfx|bash|sh|curl|docker|sudo|export|gcc|nuget|npm|script|chmod|cd) \S|(?:\./|\.ci/|tests/\S+/)?[\w.-]+\.sh\b|\.ci/\w+|tests/\S+/run\b|… -- )")]
    private static partial Regex Command();

    [GeneratedRegex(@"^[ \t]*```(?<language>[a-z]*)\n(?<lines>.*?)^[ \t]*```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`(?<text>[^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\s+# .*$|\s+$")]
    private static partial Regex Remark();
}
