using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Tests.Processes;

/// <summary>Threads that are stopped for a clone continue, even if its maker cannot release them.</summary>
public sealed class TwoMakersTests
{
    public TwoMakersTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "clones are made on Linux x64 only");

    [Fact]
    public void Two_copies_of_the_library_that_make_clones_at_once_do_not_stop_each_other_for_good() => Passes("two-makers 1000");

    [Fact]
    public void Threads_that_are_held_too_long_continue_and_count_as_moved() => Passes("held-too-long");

    private static void Passes(string scenario)
    {
        (int exitCode, string output) = TestHost.Run(scenario);
        Assert.True(exitCode == 0, $"'{scenario}' ended with exit code {exitCode}: {output}");
    }
}
