using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Tests.Processes;

/// <summary>Checks with a path from a dump, in programs that impede a dump, and with a disturbed createdump.</summary>
public sealed class DumpTests
{
    public DumpTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "dumps are tried on Linux only");

    [Theory]
    [InlineData("nothing")]
    [InlineData("ignoring-children")] // The system reaps createdump.
    [InlineData("reaping-children")] // The program does.
    [InlineData("starved")] // No thread of the pool is free.
    [InlineData("percent")] // In the name of the directory for temporary files.
    public void A_dump_is_had_in_any_program_and_prints_nothing(string program)
    {
        string output = Output($"dump {program}");
        Assert.StartsWith("Leaked is still alive, held by ", output, StringComparison.Ordinal);
        Assert.Matches(@"\n  Path: exact\. [^\n]*; snapshot \(dump\) [^\n]*(\n  [^\n]*)?\.\n?$", output);
        Assert.DoesNotContain("createdump", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop 3 inside")]
    [InlineData("kill 5 inside")]
    public void A_createdump_that_is_disturbed_costs_the_path_and_no_more_than_the_budget(string how) =>
        _ = Output($"disturbed-dumps {how}");

    /// <summary>By then createdump has stopped all threads of the program.</summary>
    [Theory]
    [InlineData("stop 5 outside")]
    [InlineData("kill 30 outside")]
    public void A_createdump_that_another_process_disturbs_costs_the_path_and_no_more_than_the_budget(string how)
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "watchdogs are for Linux x64 only");
        _ = Output($"disturbed-dumps {how}");
    }

    [Fact]
    public void A_program_that_is_stopped_as_a_whole_is_continued_by_the_kernel() => Assert.Equal("it went on twice\n", Output("woken-up"));

    [Fact]
    public void Under_load_every_path_from_a_dump_is_right() => _ = Output($"dumps-under-load {Thoroughness.Text(5, 30)}");

    private static string Output(string scenario)
    {
        (int exitCode, string output) = TestHost.Run(scenario);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        return output;
    }
}
