namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class UnawaitedAssertionTests
{
    [Theory]
    [InlineData("monitor.AssertDeadAsync()")]
    [InlineData("monitor.CheckAsync()")]
    [InlineData("monitor.AssertDeadAsync().ConfigureAwait(false)", "monitor.AssertDeadAsync()")]
    [InlineData("LifetimeMonitoring.XunitV3.LifetimeAssert.CollectedAsync(monitor)")]
    [InlineData("LifeTimeMonitor.TrackAsync(() => Dialog.LoadAsync())")]
    [InlineData("LifetimeScope.RunAsync(s => Task.CompletedTask)")]
    public Task An_assertion_that_a_synchronous_test_drops_is_flagged(string statement, string? flagged = null) => Checked(
        $"{statement.Replace(flagged ?? statement, $"[|{flagged ?? statement}|]", StringComparison.Ordinal)};");

    [Fact]
    public Task An_assertion_that_an_async_test_drops_is_flagged() => Checked(
        "[|monitor.AssertDeadAsync()|]; await Task.Yield();", "async Task Test(LifeTimeMonitor monitor)");

    [Fact]
    public Task An_assertion_that_is_the_body_of_a_test_is_flagged() => Compiled.File<UnawaitedAssertionAnalyzer>("""
        class Tests { public void Test(LifeTimeMonitor monitor) => [|monitor.AssertDeadAsync()|]; }
        """);

    [Fact]
    public Task An_awaited_assertion_is_not_flagged() => Checked(
        """
        await monitor.AssertDeadAsync();
        await monitor.AssertDeadAsync().ConfigureAwait(false);
        var report = await monitor.CheckAsync();
        """,
        "async Task Test(LifeTimeMonitor monitor)");

    [Fact]
    public Task A_task_that_is_returned_is_not_flagged() => Checked(
        "return monitor.AssertDeadAsync();", "Task Test(LifeTimeMonitor monitor)");

    [Fact]
    public Task A_task_that_is_waited_for_is_not_flagged() => Checked("""
        monitor.AssertDeadAsync().Wait();
        monitor.AssertDeadAsync().GetAwaiter().GetResult();
        var task = monitor.AssertDeadAsync();
        _ = monitor.CheckAsync();
        """);

    [Fact]
    public Task A_lambda_that_must_throw_is_not_flagged() => Checked("""
        Action act = () => LifeTimeMonitor.TrackAsync<Dialog>(null!);
        Xunit.Assert.Throws<ArgumentNullException>(act);
        """);

    [Fact]
    public Task A_task_of_another_type_is_not_flagged() => Checked("new Dialog().CloseAsync();");

    private static Task Checked(string body, string signature = "void Test(LifeTimeMonitor monitor)") =>
        Compiled.Method<UnawaitedAssertionAnalyzer>(body, signature);
}
