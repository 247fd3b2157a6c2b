using LifetimeMonitoring.Tests.Processes;

namespace LifetimeMonitoring.Tests.TruthTable;

/// <summary>Every known way to leak gives the report in the approved document, and its fixed form is dead.</summary>
public sealed class TruthTableTests
{
    [Fact]
    public void Every_row_of_the_truth_table_is_as_approved_and_every_mended_twin_is_dead()
    {
        (int exitCode, string output) = TestHost.RunProgram("dotnet", [Repository.TruthTable, "check", Repository.ApprovedTruthTable]);
        Assert.True(exitCode == 0, $"exit code {exitCode}:\n{output}");
    }

    [Theory]
    [InlineData("<>c__DisplayClass")]
    [InlineData(">d__")]
    [InlineData("k__BackingField")]
    [InlineData(".Entry[]")]
    [InlineData("_items")]
    public void No_path_shows_a_name_of_the_compiler_or_the_runtime(string internals) =>
        Assert.DoesNotContain(internals, File.ReadAllText(Repository.ApprovedTruthTable), StringComparison.Ordinal);
}
