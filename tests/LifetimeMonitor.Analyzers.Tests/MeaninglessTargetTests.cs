namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class MeaninglessTargetTests
{
    [Theory]
    [InlineData("[|5|]")]
    [InlineData("[|\"text\"|]")]
    [InlineData("[|DateTime.Now|]")]
    [InlineData("[|(1, 2)|]")]
    [InlineData("[|typeof(Dialog)|]")]
    [InlineData("[|nameof(Dialog)|]")]
    public Task A_target_without_a_lifetime_is_flagged(string target) => Checked($"new LifeTimeMonitor({target});");

    [Fact]
    public Task A_factory_without_an_object_is_flagged() => Checked(
        "LifeTimeMonitor.Track<object>(() => [|5|]); LifeTimeMonitor.Track(() => [|\"text\"|]); LifetimeScope.Track([|\"text\"|]);");

    [Fact]
    public Task An_object_that_is_made_at_run_time_is_not_flagged() => Checked("""
        new LifeTimeMonitor(new Dialog());
        new LifeTimeMonitor(new string('x', 3));
        LifeTimeMonitor.Track(() => $"text {Environment.TickCount}");
        LifeTimeMonitor.Track(() => new[] { 1, 2 });
        object value = 5;
        new LifeTimeMonitor(value);
        """);

    [Fact]
    public Task A_type_parameter_is_not_flagged() => Checked("new LifeTimeMonitor(target!); new LifeTimeMonitor(typeof(T));", "void Test<T>(T target)");

    [Fact]
    public Task A_refusal_that_the_test_expects_is_not_flagged() => Checked(
        "Xunit.Assert.Throws<ArgumentException>(() => new LifeTimeMonitor(5));");

    private static Task Checked(string body, string signature = "void Test()") =>
        Compiled.Method<MeaninglessTargetAnalyzer>(body, signature);
}
