namespace LifetimeMonitor.Tests.Processes;

/// <summary>Hosts that do not give what others give: the verdict stands, and the report says what is missing.</summary>
public sealed class HostTests
{
    private const string ThePath = "  static field LifetimeMonitor.TestHost.Holder.List ";

    public HostTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the limits are those of Linux");

    [Fact]
    public void Without_being_root_there_is_a_path() => Assert.Contains(ThePath, Output("restricted non-root"), StringComparison.Ordinal);

    [Fact]
    public void A_process_that_may_not_be_looked_into_says_so() =>
        Assert.Contains("unavailable (Clone: the clone may not be read (EPERM): the process is not dumpable", Flat(Output("restricted non-dumpable")), StringComparison.Ordinal);

    [Fact]
    public void Where_no_process_and_no_thread_is_to_be_had_the_verdict_stands()
    {
        string output = Output("restricted no-processes");
        Assert.Contains("Finalizers were not waited for, because the system gives no thread to do it on", Flat(output), StringComparison.Ordinal);
        Assert.Contains("unavailable (the system gives no thread for the diagnosis: a limit on threads or memory is reached)", Flat(output), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_where_there_is_a_clone() =>
        Assert.Contains(ThePath, Output("paths", ("TMPDIR", "/proc")), StringComparison.Ordinal);

    [Theory]
    [InlineData("DOTNET_GCHeapHardLimit", "8000000")] // hexadecimal
    [InlineData("DOTNET_GCConserveMemory", "9")]
    [InlineData("DOTNET_EnableWriteXorExecute", "0")]
    [InlineData("DOTNET_TieredPGO", "0")]
    [InlineData("DOTNET_ReadyToRun", "0")]
    public void The_path_is_the_same_however_the_runtime_is_limited(string variable, string value) =>
        Assert.Contains(ThePath, Output("paths", (variable, value)), StringComparison.Ordinal);

    [Fact]
    public void A_collector_that_scans_stacks_conservatively_is_said_to_be_one() =>
        Assert.Contains("The garbage collector scans stacks conservatively (DOTNET_gcConservative)", Flat(Output("paths", ("DOTNET_gcConservative", "1"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Server_collectors_with_and_without_adaptation_have_the_path(string adaptation) =>
        Assert.Contains(ThePath, Output("paths", ("DOTNET_gcServer", "1"), ("DOTNET_GCDynamicAdaptationMode", adaptation)), StringComparison.Ordinal);

    private static string Output(string scenario, params (string, string)[] environment)
    {
        (int exitCode, string output) = TestHost.Run(scenario, environment);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        return output;
    }

    private static string Flat(string text) => text.Replace("\n  ", " ", StringComparison.Ordinal);
}
