namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class HeldFactoryResultTests
{
    [Fact]
    public Task A_factory_that_returns_a_local_is_flagged() => Checked("""
        var dialog = new Dialog();
        dialog.Open();
        var monitor = LifeTimeMonitor.Track(() => [|dialog|], use: d => d.Close());
        monitor.AssertDead();
        """);

    [Fact]
    public Task A_factory_that_returns_a_parameter_is_flagged() => Checked(
        "LifeTimeMonitor.Track(() => [|dialog|]).AssertDead();", "void Test(Dialog dialog)");

    [Fact]
    public Task A_factory_that_returns_a_readonly_field_is_flagged() => Checked(
        "LifeTimeMonitor.Track(() => [|_dialog|]).AssertDead();", members: "private readonly Dialog _dialog = new();");

    [Fact]
    public Task A_factory_that_returns_a_cached_property_is_flagged() => Checked(
        "LifeTimeMonitor.Track(() => [|Shared|]).AssertDead();", members: "static Dialog Shared { get; } = new();");

    [Fact]
    public Task An_asynchronous_factory_that_returns_a_local_is_flagged() => Checked(
        """
        var dialog = await Dialog.LoadAsync();
        var monitor = await LifeTimeMonitor.TrackAsync(async () => { await dialog.CloseAsync(); return [|dialog|]; });
        await monitor.AssertDeadAsync();
        """,
        "async Task Test()");

    [Fact]
    public Task An_xunit_assertion_whose_factory_returns_a_local_is_flagged() => Checked("""
        var dialog = new Dialog();
        LifetimeMonitoring.XunitV3.LifetimeAssert.Collected(() => [|dialog|]);
        """);

    [Fact]
    public Task An_xunit_extension_whose_factory_returns_a_local_is_flagged() => Compiled.File<HeldFactoryResultAnalyzer>("""
        using LifetimeMonitoring.XunitV3;
        using Xunit;
        class Tests
        {
            void Test()
            {
                var dialog = new Dialog();
                Assert.Collected(() => [|dialog|]);
                Assert.Collected(() => new Dialog(dialog));
            }
        }
        """);

    [Fact]
    public Task An_NUnit_constraint_whose_factory_returns_a_local_is_flagged() => Compiled.File<HeldFactoryResultAnalyzer>("""
        using LifetimeMonitoring.NUnit;
        using NUnit.Framework;
        class Tests
        {
            void Test()
            {
                var dialog = new Dialog();
                var monitor = LifeTimeMonitor.Track(() => new Dialog());
                Assert.That(() => [|dialog|], Is.Collected);
                Assert.That(() => [|dialog|], Collected.Constraint);
                Assert.That(() => monitor, Is.Collected);
                Assert.That(() => dialog, Is.Not.Null);
            }
        }
        """);

    [Fact]
    public Task A_factory_that_creates_the_object_is_not_flagged() => Checked("""
        var owner = new Dialog();
        LifeTimeMonitor.Track(() => new Dialog(owner)).AssertDead();
        """);

    [Fact]
    public Task A_local_of_the_factory_itself_is_not_flagged() => Checked(
        "LifeTimeMonitor.Track(() => { var dialog = new Dialog(); dialog.Open(); return dialog; }).AssertDead();");

    [Fact]
    public Task A_local_that_is_cleared_before_the_assertion_is_not_flagged() => Checked("""
        Dialog? dialog = new Dialog();
        var monitor = LifeTimeMonitor.Track(() => dialog!);
        dialog = null;
        monitor.AssertDead();
        """);

    [Fact]
    public Task A_local_that_the_use_clears_is_not_flagged() => Checked("""
        Dialog? dialog = new Dialog();
        LifeTimeMonitor.Track(() => dialog!, use: d => dialog = null).AssertDead();
        """);

    [Fact]
    public Task A_field_that_other_code_may_clear_is_not_flagged() => Checked(
        "LifeTimeMonitor.Track(() => _dialog!).AssertDead();", members: "private Dialog? _dialog = new();");

    [Fact]
    public Task A_computed_property_is_not_flagged() => Checked(
        "LifeTimeMonitor.Track(() => Fresh).AssertDead();", members: "static Dialog Fresh => new();");

    [Fact]
    public Task A_member_of_another_object_is_not_flagged() => Checked("""
        var owner = new Dialog();
        LifeTimeMonitor.Track(() => owner.Child!).AssertDead();
        """);

    [Fact]
    public Task A_monitor_that_another_method_asks_is_not_flagged() => Checked(
        """
        var dialog = new Dialog();
        dialog.Open();
        return LifeTimeMonitor.Track(() => dialog);
        """,
        "LifeTimeMonitor Test()");

    [Fact]
    public Task An_object_that_is_asserted_alive_is_not_flagged() => Checked("""
        var dialog = new Dialog();
        LifeTimeMonitor.Track(() => dialog).AssertAlive();
        """);

    [Fact]
    public Task A_failure_that_the_test_expects_is_not_flagged() => Checked("""
        var dialog = new Dialog();
        var monitor = LifeTimeMonitor.Track(() => dialog);
        Xunit.Assert.Throws<ObjectNotDeadException>(() => monitor.AssertDead());
        Xunit.Assert.Throws<ObjectNotDeadException>(() => LifeTimeMonitor.Track(() => dialog).AssertDead());
        try { monitor.AssertDead(); } catch (ObjectNotDeadException) { }
        """);

    [Fact]
    public Task An_assertion_with_known_holders_is_not_flagged() => Checked(
        """
        LifeTimeMonitor.Track(() => s_dialog).AssertDead(new LifetimeOptions { KnownHolders = [new("Tests", "by design")] });
        LifeTimeMonitor.Track(() => s_dialog).AssertDead(s_options);
        """,
        members: "static readonly Dialog s_dialog = new(); static readonly LifetimeOptions s_options = new();");

    private static Task Checked(string body, string signature = "void Test()", string members = "") =>
        Compiled.Method<HeldFactoryResultAnalyzer>(body, signature, members);
}
