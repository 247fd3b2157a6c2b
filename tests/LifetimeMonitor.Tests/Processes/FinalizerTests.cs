namespace LifetimeMonitoring.Tests.Processes;

/// <summary>A finalizer that misbehaves costs a check its budget, and the report names it.</summary>
public sealed class FinalizerTests
{
    [Theory]
    [InlineData(
        "blocks",
        "It is the finalizer of LifetimeMonitoring.TestHost.StuckFinalizer.Blocks:\n    at ",
        "    at ManualResetEventSlim.Wait\n    at StuckFinalizer.Blocks.Finalize\n")]
    [InlineData("waits-for-the-assertion", "    at Monitor.Enter\n    at StuckFinalizer.WaitsForTheAssertion.Finalize\n")]
    [InlineData("spins", "It is probably the finalizer of\n  LifetimeMonitoring.TestHost.StuckFinalizer.Spins: such an object lies on the\n")]
    public void A_finalizer_that_never_returns_is_named(string how, params string[] words)
    {
        (int exitCode, string output) = TestHost.Run($"stuck-finalizer {how}");
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.Contains(
            "Pending finalizers did not end within 3 s: one of them is stuck, and the\n  objects that it holds stay alive.\n",
            output,
            StringComparison.Ordinal);
        Assert.All(words, w => Assert.Contains(w, output, StringComparison.Ordinal));
    }

    [Fact]
    public void In_safe_mode_its_thread_is_scanned_and_not_walked()
    {
        (int exitCode, string output) = TestHost.Run("stuck-finalizer blocks", ("LIFETIMEMONITOR_PATHS", "safe"));
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.Contains(
            "It is probably the finalizer of\n  LifetimeMonitoring.TestHost.StuckFinalizer.Blocks:",
            output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_finalizer_that_registers_itself_for_ever_holds_nobody_up()
    {
        (int exitCode, string output) = TestHost.Run("stuck-finalizer registers-for-ever");
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
    }

    [Fact]
    public void A_finalizer_that_throws_ends_the_process_as_it_does_without_us()
    {
        (int exitCode, string output) = TestHost.Run("stuck-finalizer throws");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Unhandled exception. System.InvalidOperationException: thrown by a finalizer", output, StringComparison.Ordinal);
        Assert.DoesNotContain("LifetimeMonitoring.Diagnosis", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("held", "This is the finalizer thread")]
    [InlineData("with-it", "The monitor is asked by a finalizer, and was itself finalized before")]
    public void A_finalizer_that_asserts_is_refused_at_once(string monitor, string words)
    {
        (int exitCode, string output) = TestHost.Run($"asserting-finalizer {monitor}");
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.StartsWith(words, output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_waits_for_its_finalizer_is_dead_unless_resurrection_is_tracked()
    {
        (int exitCode, string output) = TestHost.Run("finalizer-pending");
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.Contains(
            "Finalizable is still alive: it waits for its finalizer.\n",
            output,
            StringComparison.Ordinal);
        Assert.Contains(
            "\n\n  finalizer queue, waiting for the finalizer of LifetimeMonitoring.TestHost.StuckFinalizer.Finalizable\n",
            output,
            StringComparison.Ordinal);
    }
}
