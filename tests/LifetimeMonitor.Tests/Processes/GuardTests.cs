using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Tests.Processes;

/// <summary>Each guard, and the failure without it: a guard that is no longer needed fails here.</summary>
public sealed class GuardTests
{
    private const int CrashedBySegmentationFault = 139;

    // The runtime starts a new thread for each recompilation; the new thread gets memory that was freed before.
    private static readonly (string, string) s_newThread = ("DOTNET_TC_BackgroundWorkerTimeoutMs", "0");

    [Theory]
    [InlineData("filter")]
    [InlineData("catch")]
    [InlineData("finally")]
    [InlineData("nested")]
    [InlineData("finally-in-catch")]
    [InlineData("after-nested")]
    [InlineData("continuation")]
    public void Stacks_with_an_exception_in_flight_are_walked_without_their_threads(string where)
    {
        string output = Output($"in-flight {where} guarded");
        // On a starved machine a few threads may not have reached the blocking call.
        Assert.Matches(@"^(?<walked>[34]\d) of 40 stacks walked, \k<walked> with the local\n$", output);
    }

    [Fact]
    public void Stacks_of_which_it_is_not_known_are_not_walked() =>
        Assert.Equal("0 of 40 stacks walked, 0 with the local\n", Output("in-flight null guarded"));

    [Theory]
    [InlineData("filter")]
    [InlineData("nested")]
    public void Walking_them_as_they_are_crashes_the_process(string where)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.Version.Major == 10,
            "dotnet/runtime#124401 came with .NET 10 and is lifted with .NET 11");
        // It does not crash each time.
        Assert.Contains(Enumerable.Range(0, 5), _ => TestHost.Run($"in-flight {where} unguarded").ExitCode == CrashedBySegmentationFault);
    }

    [Fact]
    public void A_clone_in_the_making_of_which_the_runtime_changed_its_data_is_made_again()
    {
        NeedsAClone();
        Assert.Equal("cloned again, the local was found\n", Output("waking guarded", s_newThread));
    }

    [Fact]
    public void Taking_a_changed_clone_crashes_the_process()
    {
        NeedsAClone();
        Assert.SkipUnless(Environment.Version.Major == 10, "it depends on how .NET 10 lays out the versions of a method");
        // On a starved machine the concurrent event may come later.
        Assert.Contains(
            Enumerable.Range(0, 5),
            _ => TestHost.Run("waking unguarded", [s_newThread]).ExitCode == CrashedBySegmentationFault);
    }

    [Fact]
    public void A_crash_in_a_check_costs_the_path_and_nothing_else()
    {
        NeedsAClone();
        Assert.SkipUnless(Environment.Version.Major == 10, "it depends on how .NET 10 lays out the versions of a method");
        IEnumerable<string> outputs = Enumerable.Range(0, 5)
            .Select(_ => Output("crashing-component", s_newThread).Replace("\n  ", " ", StringComparison.Ordinal));
        string output = outputs.First(o =>
            o.Contains(
                "Path: unavailable (the runtime's debugging component crashed on the copy of the process (at 0x",
                StringComparison.Ordinal));
        Assert.Contains("NullReferenceException, Alive, the runtime's debugging component crashed", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_to_a_clone_does_not_reach_its_parent()
    {
        NeedsAClone();
        Assert.Equal("0 signals came to the parent\n", Output("signal blocked"));
    }

    [Fact]
    public void An_unblocked_signal_to_a_clone_reaches_its_parent()
    {
        NeedsAClone();
        Assert.Equal("1 signals came to the parent\n", Output("signal left"));
    }

    [Fact]
    public void Collecting_in_a_no_GC_region_ends_it() =>
        Assert.StartsWith("NoGCRegion mode must be set", Output("nogc unguarded"), StringComparison.Ordinal);

    [Fact]
    public void A_check_in_one_is_refused_and_it_is_still_there() => _ = Output("nogc");

    private static void NeedsAClone() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "clones are made on Linux x64 only");

    private static string Output(string scenario, params (string, string)[] environment)
    {
        (int exitCode, string output) = TestHost.Run(scenario, environment);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        return output;
    }
}
