namespace LifetimeMonitor.Tests.Processes;

/// <summary>Each guard, and the failure it guards against when it is off: a guard that is not needed any more shows here.</summary>
public sealed class GuardTests
{
    [Fact]
    public void Threads_in_an_exception_filter_are_not_walked()
    {
        (int exitCode, string output) = TestHost.Run("filter guarded");
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
    }

    [Fact]
    public void Walking_them_crashes_the_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Version.Major < 11, "dotnet/runtime#124401 is lifted with .NET 11");
        const int CrashedBySegmentationFault = 139;
        // It does not crash each time.
        Assert.Contains(Enumerable.Range(0, 5), _ => TestHost.Run("filter unguarded").ExitCode == CrashedBySegmentationFault);
    }

    [Fact]
    public void Collecting_in_a_no_GC_region_ends_it()
    {
        (int exitCode, string output) = TestHost.Run("nogc unguarded");
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.StartsWith("NoGCRegion mode must be set", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_in_one_is_refused_and_it_is_still_there()
    {
        (int exitCode, string output) = TestHost.Run("nogc");
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
    }
}
