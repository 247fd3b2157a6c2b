namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class UnaskedMonitorTests
{
    [Fact]
    public Task A_monitor_that_a_test_drops_is_flagged() => InTest("[|LifeTimeMonitor.Track(() => new Dialog())|];");

    [Fact]
    public Task A_monitor_in_a_local_that_nothing_reads_is_flagged() => InTest(
        "var monitor = [|new LifeTimeMonitor(new Dialog())|]; var other = await [|LifeTimeMonitor.TrackAsync(() => Dialog.LoadAsync())|];");

    [Fact]
    public Task A_monitor_that_is_asked_is_not_flagged() => InTest("""
        var monitor = LifeTimeMonitor.Track(() => new Dialog());
        Console.WriteLine(monitor.IsAlive);
        LifeTimeMonitor.Track(() => new Dialog()).AssertDead();
        """);

    [Fact]
    public Task A_monitor_that_is_discarded_by_name_is_not_flagged() => InTest("_ = LifeTimeMonitor.Track(() => new Dialog());");

    [Fact]
    public Task A_test_that_must_be_collected_is_not_flagged() => InTest(
        "LifeTimeMonitor.Track(() => new Dialog());", "[LifetimeMonitoring.XunitV3.MustBeCollected]");

    [Fact]
    public Task A_class_that_must_be_collected_is_not_flagged() => Compiled.File<UnaskedMonitorAnalyzer>("""
        [LifetimeMonitoring.XunitV3.MustBeCollected] class Tests
        {
            [Xunit.Fact] public void Test() { LifeTimeMonitor.Track(() => new Dialog()); }
        }
        """);

    [Fact]
    public Task An_assembly_that_must_be_collected_is_not_flagged() => Compiled.File<UnaskedMonitorAnalyzer>("""
        [assembly: LifetimeMonitoring.XunitV3.MustBeCollected]
        class Tests { [Xunit.Fact] public void Test() { LifeTimeMonitor.Track(() => new Dialog()); } }
        """);

    [Fact]
    public Task A_test_with_a_scope_is_not_flagged() => InTest(
        "using var scope = new LifetimeScope(); LifeTimeMonitor.Track(() => new Dialog());");

    [Fact]
    public Task A_project_that_opens_scopes_elsewhere_is_not_flagged() => Compiled.File<UnaskedMonitorAnalyzer>("""
        class Tests { [Xunit.Fact] public void Test() { LifeTimeMonitor.Track(() => new Dialog()); } }
        class Base { LifetimeScope _scope = new LifetimeScope(); }
        """);

    [Fact]
    public Task A_method_that_is_no_test_is_not_flagged() =>
        Compiled.Method<UnaskedMonitorAnalyzer>("LifeTimeMonitor.Track(() => new Dialog());");

    [Fact]
    public Task A_monitor_that_must_be_refused_is_not_flagged() => InTest(
        "Xunit.Assert.Throws<ArgumentNullException>(() => { new LifeTimeMonitor(null!); });");

    private static Task InTest(string body, string attribute = "") =>
        Compiled.Method<UnaskedMonitorAnalyzer>(body, "async Task Test()", $"[Xunit.Fact]{attribute}");
}
