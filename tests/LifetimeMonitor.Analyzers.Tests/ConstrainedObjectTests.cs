namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class ConstrainedObjectTests
{
    [Fact]
    public Task An_object_itself_is_flagged() => Checked("""
        var dialog = new Dialog();
        Assert.That([|dialog|], Is.Collected);
        Assert.That([|new Dialog()|], Collected.Constraint);
        """);

    [Fact]
    public Task A_list_of_monitors_is_flagged_without_Has_All() => Checked("""
        List<LifeTimeMonitor> monitors = [];
        Assert.That([|monitors|], Is.Collected);
        Assert.That(monitors, Has.All.Collected);
        """);

    [Fact]
    public Task A_watcher_of_the_object_is_not_flagged() => Checked("""
        var monitor = LifeTimeMonitor.Track(() => new Dialog());
        object unknown = monitor;
        Assert.That(monitor, Is.Collected);
        Assert.That(new WeakReference(new object()), Is.Collected);
        Assert.That(new WeakReference<Dialog>(new Dialog()), Is.Collected);
        Assert.That(monitor.Check(), Is.Collected);
        Assert.That(unknown, Is.Collected);
        """);

    [Fact]
    public Task A_factory_is_not_flagged() => Checked("Assert.That(() => new Dialog(), Is.Collected);");

    [Fact]
    public Task Another_constraint_is_not_flagged() => Checked("Assert.That(new Dialog(), Is.Not.Null);");

    [Fact]
    public Task A_refusal_that_the_test_expects_is_not_flagged() => Checked(
        "Assert.Throws<ArgumentException>(() => Assert.That(new Dialog(), Is.Collected));");

    private static Task Checked(string body) => Compiled.File<ConstrainedObjectAnalyzer>($$"""
        using LifetimeMonitoring.NUnit;
        using NUnit.Framework;
        class Tests
        {
            public void Test()
            {
                {{body}}
            }
        }
        """);
}
