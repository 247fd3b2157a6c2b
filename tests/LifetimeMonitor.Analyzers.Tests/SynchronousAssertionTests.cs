namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class SynchronousAssertionTests
{
    [Fact]
    public Task A_synchronous_assertion_after_an_await_is_flagged() => Checked(
        "await new Dialog().CloseAsync(); [|monitor.AssertDead()|]; [|scope.AssertAllDead()|];");

    [Fact]
    public Task A_synchronous_assertion_without_an_await_before_it_is_not_flagged() => Checked(
        "monitor.AssertDead(); await Task.Yield();");

    [Fact]
    public Task An_asynchronous_assertion_is_not_flagged() => Checked("await new Dialog().CloseAsync(); await monitor.AssertDeadAsync();");

    [Fact]
    public Task An_assertion_after_TrackAsync_is_not_flagged() => Checked(
        "var made = await LifeTimeMonitor.TrackAsync(() => Dialog.LoadAsync()); made.AssertDead();");

    [Fact]
    public Task A_synchronous_lambda_is_not_flagged() => Checked(
        "await Task.Yield(); Xunit.Assert.Throws<ObjectNotDeadException>(() => monitor.AssertDead());");

    [Fact]
    public Task An_assertion_in_a_lock_is_not_flagged() => Checked("await Task.Yield(); lock (monitor) { monitor.AssertDead(); }");

    private static Task Checked(string body) =>
        Compiled.Method<SynchronousAssertionAnalyzer>(body, "async Task Test(LifeTimeMonitor monitor, LifetimeScope scope)");
}
