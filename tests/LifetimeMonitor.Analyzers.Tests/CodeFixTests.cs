using LifetimeMonitoring.CodeFixes;

namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class CodeFixTests
{
    [Fact]
    public Task A_local_that_holds_the_object_moves_into_Track() => Mended.Method<LocalHolderAnalyzer, MakeInsideTrackFix>(
        """
        var owner = new Dialog();
        Dialog dialog = new(owner);
        dialog.Open();
        var monitor = new LifeTimeMonitor([|dialog|]);
        dialog.Close();
        monitor.AssertDead();
        """,
        """
        var owner = new Dialog();
        var monitor = LifeTimeMonitor.Track(() => new Dialog(owner), use: dialog => { dialog.Open(); dialog.Close(); });
        monitor.AssertDead();
        """);

    [Fact]
    public Task A_local_that_is_set_to_null_moves_into_Track() => Mended.Method<LocalHolderAnalyzer, MakeInsideTrackFix>(
        """
        Dialog? dialog = new Dialog();
        LifeTimeMonitor monitor = new([|dialog|]);
        dialog.Close();
        dialog = null;
        monitor.AssertDead();
        """,
        """
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => new Dialog(), use: dialog => dialog.Close());
        monitor.AssertDead();
        """);

    [Fact]
    public Task A_local_that_nothing_else_uses_moves_into_Track() => Mended.Method<LocalHolderAnalyzer, MakeInsideTrackFix>(
        """
        var dialog = new Dialog();
        var monitor = new LifeTimeMonitor([|dialog|]);
        monitor.AssertDead();
        """,
        """
        var monitor = LifeTimeMonitor.Track(() => new Dialog());
        monitor.AssertDead();
        """);

    [Fact]
    public Task A_local_among_other_statements_has_no_fix() => Mended.Method<LocalHolderAnalyzer, MakeInsideTrackFix>(
        """
        var dialog = new Dialog();
        Console.WriteLine("in between");
        var monitor = new LifeTimeMonitor([|dialog|]);
        monitor.AssertDead();
        """,
        null);

    [Fact]
    public Task A_using_variable_has_no_fix() => Mended.Method<LocalHolderAnalyzer, MakeInsideTrackFix>(
        """
        using var dialog = new Dialog();
        var monitor = new LifeTimeMonitor([|dialog|]);
        monitor.AssertDead();
        """,
        null);

    [Fact]
    public Task A_local_that_a_factory_returns_moves_into_the_factory() => Mended.Method<HeldFactoryResultAnalyzer, MakeInsideFactoryFix>(
        """
        Dialog dialog = new("owner");
        LifeTimeMonitor.Track(() => [|dialog|], use: d => d.Close()).AssertDead();
        """,
        """
        LifeTimeMonitor.Track(() => new Dialog("owner"), use: d => d.Close()).AssertDead();
        """);

    [Fact]
    public Task A_local_that_other_code_uses_too_has_no_fix() => Mended.Method<HeldFactoryResultAnalyzer, MakeInsideFactoryFix>(
        """
        var dialog = new Dialog();
        LifeTimeMonitor.Track(() => [|dialog|], use: d => dialog.Close()).AssertDead();
        """,
        null);

    [Fact]
    public Task A_dropped_assertion_is_awaited_and_its_test_becomes_async() => Mended.File<UnawaitedAssertionAnalyzer, AwaitAssertionFix>(
        """
        class Tests
        {
            [Xunit.Fact]
            public void Test()
            {
                var monitor = LifeTimeMonitor.Track(() => new Dialog());
                [|monitor.AssertDeadAsync()|];
            }
        }
        """,
        """
        class Tests
        {
            [Xunit.Fact]
            public async Task Test()
            {
                var monitor = LifeTimeMonitor.Track(() => new Dialog());
                await monitor.AssertDeadAsync();
            }
        }
        """);

    [Fact]
    public Task A_dropped_assertion_in_an_async_method_is_awaited() => Mended.Method<UnawaitedAssertionAnalyzer, AwaitAssertionFix>(
        "await Task.Yield();\n[|LifeTimeMonitor.Track(() => new Dialog()).AssertDeadAsync()|].ConfigureAwait(false);",
        "await Task.Yield();\nawait LifeTimeMonitor.Track(() => new Dialog()).AssertDeadAsync().ConfigureAwait(false);",
        "async Task Test()");

    [Fact]
    public Task A_dropped_assertion_in_a_method_that_other_code_may_call_has_no_fix() => Mended.Method<UnawaitedAssertionAnalyzer, AwaitAssertionFix>(
        "[|LifeTimeMonitor.Track(() => new Dialog()).AssertDeadAsync()|];", null);

    [Fact]
    public Task A_check_becomes_an_assertion() => Mended.Method<UnreadReportAnalyzer, AssertInsteadOfCheckFix>(
        "var monitor = LifeTimeMonitor.Track(() => new Dialog());\n[|monitor.Check()|];",
        "var monitor = LifeTimeMonitor.Track(() => new Dialog());\nmonitor.AssertDead();");

    [Fact]
    public Task A_scope_gets_a_using() => Mended.Method<UnendedScopeAnalyzer, DisposeScopeFix>(
        "// Watches.\nvar scope = [|new LifetimeScope()|];\nscope.Watch(new Dialog());",
        "// Watches.\nusing var scope = new LifetimeScope();\nscope.Watch(new Dialog());");

    [Fact]
    public Task A_synchronous_assertion_becomes_asynchronous() => Mended.Method<SynchronousAssertionAnalyzer, AssertAsynchronouslyFix>(
        "var monitor = LifeTimeMonitor.Track(() => new Dialog());\nawait Task.Yield();\n[|monitor.AssertDead()|];",
        "var monitor = LifeTimeMonitor.Track(() => new Dialog());\nawait Task.Yield();\nawait monitor.AssertDeadAsync();",
        "async Task Test()");

    [Fact]
    public Task A_plain_test_class_becomes_a_watched_one() => Mended.File<UnwatchedTestClassAnalyzer, WatchTestClassFix>(
        """
        using LifetimeMonitoring.MSTest;
        using Microsoft.VisualStudio.TestTools.UnitTesting;
        [[|TestClass|]] class Tests { [TestMethod, MustBeCollected] public void Test() { } }
        """,
        """
        using LifetimeMonitoring.MSTest;
        using Microsoft.VisualStudio.TestTools.UnitTesting;
        [LifetimeTestClass] class Tests { [TestMethod, MustBeCollected] public void Test() { } }
        """);
}
