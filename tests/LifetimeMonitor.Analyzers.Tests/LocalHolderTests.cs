namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class LocalHolderTests
{
    [Theory]
    [InlineData("var dialog = new Dialog();")]
    [InlineData("using var dialog = new Dialog();")]
    [InlineData("Dialog.TryMake(out var dialog);")]
    [InlineData("object made = new Dialog(); if (made is not Dialog dialog) return;")]
    [InlineData("var dialog = new Dialog(); Action close = () => dialog.Close(); close();")]
    public Task A_local_of_the_asserting_method_is_flagged(string declaration) =>
        Checked($"{declaration} var monitor = new LifeTimeMonitor([|dialog|]); dialog.Close(); monitor.AssertDead();");

    [Fact]
    public Task A_local_that_is_set_to_null_is_flagged_in_a_synchronous_method() => Checked("""
        Dialog? dialog = new Dialog();
        var monitor = new LifeTimeMonitor([|dialog|]);
        dialog = null;
        monitor.AssertDead();
        """);

    [Fact]
    public Task A_local_of_an_ended_block_is_flagged_in_a_synchronous_method() => Checked("""
        LifeTimeMonitor monitor;
        using (var dialog = new Dialog())
        {
            var inner = new LifeTimeMonitor([|dialog|]);
            inner.AssertDead();
            monitor = inner;
        }
        """);

    [Fact]
    public Task A_foreach_variable_is_flagged() => Checked(
        "foreach (var dialog in dialogs) { new LifeTimeMonitor([|dialog|]).AssertDead(); }", "void Test(List<Dialog> dialogs)");

    [Fact]
    public Task A_local_of_an_async_method_is_flagged() => Checked(
        """
        var dialog = new Dialog();
        var monitor = new LifeTimeMonitor([|dialog|]);
        await dialog.CloseAsync();
        await monitor.AssertDeadAsync();
        """,
        "async Task Test()");

    [Fact]
    public Task A_local_in_the_body_of_a_scope_is_flagged() => Checked("""
        LifetimeScope.Run(scope =>
        {
            var dialog = new Dialog();
            var monitor = new LifeTimeMonitor([|dialog|]);
            monitor.AssertDead();
        });
        """);

    [Fact]
    public Task A_local_that_an_adapter_asserts_dead_is_flagged() => Checked("""
        var dialog = new Dialog();
        var monitor = new LifeTimeMonitor([|dialog|]);
        LifetimeMonitoring.XunitV3.LifetimeAssert.Collected(monitor);
        """);

    [Fact]
    public Task A_local_of_another_method_is_not_flagged() => Checked(
        """
        var dialog = new Dialog();
        return new LifeTimeMonitor(dialog);
        """,
        "LifeTimeMonitor Test()");

    [Fact]
    public Task A_local_of_a_local_function_is_not_flagged() => Checked("""
        var monitor = Make();
        monitor.AssertDead();
        static LifeTimeMonitor Make()
        {
            var dialog = new Dialog();
            return new LifeTimeMonitor(dialog);
        }
        """);

    [Fact]
    public Task A_captured_local_that_is_set_to_null_is_not_flagged() => Checked("""
        Dialog? dialog = new Dialog();
        var monitor = new LifeTimeMonitor(dialog);
        Action release = () => dialog = null;
        release();
        monitor.AssertDead();
        """);

    [Fact]
    public Task A_local_of_an_async_method_that_is_set_to_null_is_not_flagged() => Checked(
        """
        Dialog? dialog = new Dialog();
        var monitor = new LifeTimeMonitor(dialog);
        dialog = null;
        await monitor.AssertDeadAsync();
        """,
        "async Task Test()");

    [Fact]
    public Task A_local_that_is_given_another_object_is_not_flagged() => Checked("""
        var dialog = new Dialog();
        var monitor = new LifeTimeMonitor(dialog);
        dialog = new Dialog();
        monitor.AssertDead();
        """);

    [Fact]
    public Task An_object_that_another_method_made_and_the_local_forgot_is_not_flagged() => Checked("""
        Dialog? dialog = Dialog.LoadAsync().Result;
        var monitor = new LifeTimeMonitor(dialog);
        dialog = null;
        monitor.AssertDead();
        """);

    [Fact]
    public Task A_local_that_proves_a_holder_is_not_flagged() => Checked("""
        var dialog = new Dialog();
        var monitor = new LifeTimeMonitor(dialog);
        monitor.AssertAlive();
        Xunit.Assert.Throws<ObjectNotDeadException>(() => monitor.AssertDead());
        Xunit.Assert.False(monitor.Check().Passes);
        """);

    [Fact]
    public Task An_object_without_a_local_is_not_flagged() => Checked("new LifeTimeMonitor(new Dialog()).AssertDead();");

    private static Task Checked(string body, string signature = "void Test()") =>
        Compiled.Method<LocalHolderAnalyzer>(body, signature);
}
