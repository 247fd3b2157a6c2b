using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Tests.Processes;

/// <summary>
/// Ordinary programs in which a failing check once ended the program, disturbed it or gave false reports.
/// </summary>
public sealed class HostileHostTests
{
    private static readonly (string, string) s_limit = ("DOTNET_GCHeapHardLimit", "0xC800000"); // 200 MB

    public HostileHostTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "clones are made on Linux x64 only");

    [Theory]
    [InlineData("1 1")] // One thread that rests for a millisecond after each exception,
    [InlineData("4 0")] // four that do not rest,
    [InlineData("2 -1")] // and two inside a catch block.
    public void Threads_that_throw_and_catch_null_references_survive_failing_checks(string load) =>
        Assert.Matches("^60 checks, 0 wrong, ", LastLine(Output($"null-references 60 {load}")));

    [Fact]
    public void A_fault_handler_that_somebody_installs_during_a_diagnosis_is_no_ring_with_ours() =>
        Assert.StartsWith("NullReferenceException, entered 1 times, the path", Output("ring"), StringComparison.Ordinal);

    [Fact]
    public void A_check_installs_no_handler_for_any_real_time_signal() =>
        Assert.StartsWith("0 signals have a handler that had none, the path", Output("queued-signals"), StringComparison.Ordinal);

    [Theory]
    [InlineData("0", "quiet", "0")]
    [InlineData("500", "quiet", "1")]
    public void In_a_nearly_full_heap_the_first_check_has_a_verdict_and_a_later_one_the_path(string left, string how, string server) =>
        Assert.Matches(
            "\nAlive, Unavailable, the (garbage-collected )?heap (is nearly full: |is full: |was full )",
            Output($"full-heap {left} {how}", s_limit, ("DOTNET_gcServer", server)));

    [Theory]
    [InlineData("240 288")] // No copy is made.
    [InlineData("240 390")] // The system may end the copy.
    public void A_container_whose_memory_is_nearly_used_ends_no_check(string sizes)
    {
        string output = Output($"memory-limit {sizes} 3");
        Assert.SkipWhen(output.StartsWith("skipped", StringComparison.Ordinal), output);
        Assert.StartsWith("3 checks, 0 wrong; 0 children left", LastLine(output), StringComparison.Ordinal);
        if (sizes == "240 288")
            Assert.Matches(
                @"times Unavailable: the container has \d+ MB of its 288 MB of memory left, " +
                @"and a copy of the process may need \d+ MB; raise its memory limit",
                output);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(15)]
    public void A_chain_of_finalizers_each_of_which_frees_the_next_object_is_no_leak(int length) => Assert.Equal(
        $"{length} links: Dead\n{length} links, asynchronously: Dead\n",
        Output($"finalizer-chain {length}"));

    // A stop interrupts epoll_wait, as in signal(7). Only running threads are stopped, but they may begin to wait.
    [Fact]
    public void Calls_that_wait_in_the_kernel_go_on_after_a_check_as_if_nothing_had_happened() => Assert.Matches(
        @"^\d+ checks, 0 wrong; interrupted: 0 of \d+ poll, \d+ of \d+ epoll_wait, " +
        @"0 of \d+ nanosleep, 0 of \d+ clock_nanosleep, 0 of \d+ select$",
        LastLine(Output($"interrupted-calls {Thoroughness.Text(20, 200)}")));

    [Fact]
    public void Nothing_grows_with_the_number_of_checks_beside_a_thread_that_blocks_all_signals() =>
        Assert.StartsWith("100 checks, 0 wrong; ", LastLine(Output("growth 100")), StringComparison.Ordinal);

    private static string LastLine(string output) => output.TrimEnd('\n').Split('\n')[^1];

    private static string Output(string scenario, params (string, string)[] environment)
    {
        (int exitCode, string output) = TestHost.Run(scenario, environment);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        return output;
    }
}
