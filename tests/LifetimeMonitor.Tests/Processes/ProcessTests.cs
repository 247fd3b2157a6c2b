namespace LifetimeMonitor.Tests.Processes;

public sealed class ProcessTests
{
    [Fact]
    public void Checks_leave_no_process_no_file_no_descriptor_and_no_thread_behind() => Succeeds("leftovers");

    [Fact]
    public void A_thread_that_a_collection_cannot_stop_for_a_while_costs_that_while() => Succeeds("slow-suspension");

    [Fact]
    public void Whatever_system_call_fails_what_is_said_is_true_and_nothing_is_left_behind() => Succeeds("faults");

    [Fact]
    public void In_rotten_memory_the_search_ends_and_says_that_it_is_not_sure() => Succeeds("rotten 10");

    [Fact]
    public void Under_load_every_path_is_right() => Succeeds("soak 60");

    [Fact]
    public void Switched_off_there_is_a_verdict_and_no_path()
    {
        (int exitCode, string output) = TestHost.Run("paths", ("LIFETIMEMONITOR_PATHS", "off"));
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.Contains("is still alive.\n\n  Path: unavailable (LIFETIMEMONITOR_PATHS is off).", output, StringComparison.Ordinal);
    }

    [Fact]
    public void In_safe_mode_paths_that_need_no_stack_are_the_same()
    {
        (int exitCode, string output) = TestHost.Run("paths", ("LIFETIMEMONITOR_PATHS", "safe"));
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.Contains("  Path: exact. 3 collections", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DOTNET_gcServer", "1")]
    [InlineData("DOTNET_gcConcurrent", "0")]
    [InlineData("DOTNET_TieredCompilation", "0")]
    [InlineData("DOTNET_EnableDiagnostics", "0")]
    [InlineData("DOTNET_GCgen0size", "40000")]
    public void The_path_is_the_same_however_the_runtime_is_set_up(string variable, string value)
    {
        (int exitCode, string output) = TestHost.Run("paths", (variable, value));
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.Contains("  static field LifetimeMonitor.TestHost.Holder.List ", output, StringComparison.Ordinal);
    }

    private static void Succeeds(string scenario)
    {
        (int exitCode, string output) = TestHost.Run(scenario);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
    }
}
