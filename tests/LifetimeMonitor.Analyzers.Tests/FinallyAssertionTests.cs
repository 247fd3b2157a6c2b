namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class FinallyAssertionTests
{
    [Fact]
    public Task An_assertion_in_finally_is_flagged() => Checked("""
        try { new Dialog().Close(); } finally { [|monitor.AssertDead()|]; }
        try { new Dialog().Close(); } finally { await [|monitor.AssertDeadAsync()|]; [|scope.AssertAllDead()|]; }
        """);

    [Fact]
    public Task An_assertion_after_the_try_block_is_not_flagged() => Checked("""
        try { monitor.AssertDead(); } finally { new Dialog().Close(); }
        monitor.AssertDead();
        """);

    [Fact]
    public Task An_assertion_of_a_lambda_in_finally_is_not_flagged() => Checked(
        "Action? check = null; try { new Dialog().Close(); } finally { check = () => monitor.AssertDead(); }");

    [Fact]
    public Task A_failure_that_is_caught_in_finally_is_not_flagged() => Checked(
        "try { new Dialog().Close(); } finally { try { monitor.AssertDead(); } catch (ObjectNotDeadException) { } }");

    [Fact]
    public Task A_check_in_finally_is_not_flagged() => Checked(
        "try { new Dialog().Close(); } finally { Console.WriteLine(monitor.Check()); }");

    private static Task Checked(string body) =>
        Compiled.Method<FinallyAssertionAnalyzer>(body, "async Task Test(LifeTimeMonitor monitor, LifetimeScope scope)");
}
