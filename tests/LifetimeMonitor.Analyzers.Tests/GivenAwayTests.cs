namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class GivenAwayTests
{
    [Fact]
    public Task A_use_that_assigns_the_object_to_an_outer_variable_is_flagged() => Checked("""
        Dialog? seen = null;
        LifeTimeMonitor.Track(() => new Dialog(), use: d => [|seen = d|]).AssertDead();
        """);

    [Fact]
    public Task A_lambda_that_lives_on_and_captures_the_object_is_flagged() => Checked("""
        Action? later = null;
        var monitor = LifeTimeMonitor.Track(() => new Dialog(), use: d => { d.Open(); [|later = () => d.Close()|]; });
        monitor.AssertDead();
        """);

    [Fact]
    public Task A_method_of_the_object_in_an_outer_variable_is_flagged() => Checked("""
        Action? later = null;
        LifeTimeMonitor.Track(() => new Dialog(), use: d => [|later = d.Close|]).AssertDead();
        """);

    [Fact]
    public Task A_factory_that_assigns_the_object_to_an_outer_variable_is_flagged() => Checked("""
        Dialog? seen = null;
        LifetimeMonitoring.XunitV3.LifetimeAssert.Collected(() => [|seen = new Dialog()|]);
        """);

    [Fact]
    public Task A_value_of_the_object_is_not_flagged() => Checked("""
        int count = 0;
        string title = "";
        Dialog? child = null;
        LifeTimeMonitor.Track(() => new Dialog(), use: d => { count = d.Count; title = d.Title; child = d.Child; }).AssertDead();
        """);

    [Fact]
    public Task A_weak_reference_to_the_object_is_not_flagged() => Checked("""
        WeakReference? seen = null;
        LifeTimeMonitor.Track(() => new Dialog(), use: d => seen = new WeakReference(d)).AssertDead();
        """);

    [Fact]
    public Task A_variable_that_is_cleared_is_not_flagged() => Checked("""
        Dialog? seen = null;
        var monitor = LifeTimeMonitor.Track(() => new Dialog(), use: d => seen = d);
        seen = null;
        monitor.AssertDead();
        """);

    [Fact]
    public Task A_variable_of_the_use_itself_is_not_flagged() => Checked("""
        LifeTimeMonitor.Track(() => new Dialog(), use: d => { Dialog same; same = d; same.Close(); }).AssertDead();
        """);

    [Fact]
    public Task An_assignment_under_a_condition_is_not_flagged() => Checked("""
        Dialog? seen = null;
        LifeTimeMonitor.Track(() => new Dialog(), use: d => { if (d.Count > 0) seen = d; }).AssertDead();
        """);

    [Fact]
    public Task A_field_is_not_flagged() => Checked("""
        LifeTimeMonitor.Track(() => new Dialog(), use: d => new Dialog().Child = d).AssertDead();
        """);

    [Fact]
    public Task An_object_that_must_be_alive_is_not_flagged() => Checked("""
        Dialog? seen = null;
        var monitor = LifeTimeMonitor.Track(() => new Dialog(), use: d => seen = d);
        monitor.AssertAlive();
        """);

    private static Task Checked(string body) => Compiled.Method<GivenAwayAnalyzer>(body);
}
