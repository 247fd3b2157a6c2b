namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class UnreadReportTests
{
    [Fact]
    public Task A_check_as_a_statement_is_flagged() => Checked("[|monitor.Check()|]; [|scope.CheckAll()|];");

    [Fact]
    public Task An_awaited_check_as_a_statement_is_flagged() => Checked(
        "await [|monitor.CheckAsync()|]; await [|scope.CheckAllAsync()|].ConfigureAwait(false);",
        "async Task Test(LifeTimeMonitor monitor, LifetimeScope scope)");

    [Fact]
    public Task A_report_that_is_read_is_not_flagged() => Checked("""
        var report = monitor.Check();
        Console.WriteLine(monitor.Check());
        if (!monitor.Check().Passes) throw new Exception();
        """);

    [Fact]
    public Task A_report_that_is_discarded_by_name_is_not_flagged() => Checked("_ = monitor.Check();");

    [Fact]
    public Task A_check_that_must_throw_is_not_flagged() => Checked("""
        Action act = () => monitor.Check();
        try { monitor.Check(); } catch (InvalidOperationException) { }
        """);

    [Fact]
    public Task An_assertion_is_not_flagged() => Checked("monitor.AssertDead(); scope.AssertAllDead();");

    private static Task Checked(string body, string signature = "void Test(LifeTimeMonitor monitor, LifetimeScope scope)") =>
        Compiled.Method<UnreadReportAnalyzer>(body, signature);
}
