namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class RefusedAsyncLambdaTests
{
    [Fact]
    public Task An_async_use_is_flagged() => Checked("LifeTimeMonitor.Track(() => new Dialog(), use: [|async d => await d.CloseAsync()|]);");

    [Fact]
    public Task An_async_factory_is_flagged() => Checked("LifeTimeMonitor.Track([|async () => await Dialog.LoadAsync()|]);");

    [Fact]
    public Task An_async_body_of_a_scope_is_flagged() => Checked("LifetimeScope.Run([|async scope => await Task.Yield()|]);");

    [Fact]
    public Task An_async_use_of_an_adapter_is_flagged() => Checked(
        "LifetimeMonitoring.XunitV3.LifetimeAssert.Collected(() => new Dialog(), [|async d => await d.CloseAsync()|]);");

    [Fact]
    public Task An_async_lambda_of_an_asynchronous_method_is_not_flagged() => Checked("""
        await LifeTimeMonitor.TrackAsync(async () => await Dialog.LoadAsync(), use: async d => await d.CloseAsync());
        await LifetimeScope.RunAsync(async scope => await Task.Yield());
        """);

    [Fact]
    public Task A_synchronous_lambda_is_not_flagged() => Checked(
        "LifeTimeMonitor.Track(() => new Dialog(), use: d => d.CloseAsync().Wait()); LifetimeScope.Run(scope => { });");

    [Fact]
    public Task An_async_lambda_within_the_use_is_not_flagged() => Checked(
        "LifeTimeMonitor.Track(() => new Dialog(), use: d => Task.Run(async () => await Task.Yield()).Wait());");

    [Fact]
    public Task A_refusal_that_the_test_expects_is_not_flagged() => Checked(
        "Xunit.Assert.Throws<ArgumentException>(() => { LifeTimeMonitor.Track(() => new Dialog(), use: async d => await d.CloseAsync()); });");

    private static Task Checked(string body) => Compiled.Method<RefusedAsyncLambdaAnalyzer>(body, "async Task Test()");
}
