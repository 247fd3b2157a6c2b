using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Api;

public sealed class LifeTimeMonitorTests
{
    private static readonly List<object> s_held = [];

    [Fact]
    public void A_dead_object_passes_and_is_reported_dead()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => new Leaked(), use: l => l.OnHappened(null, EventArgs.Empty));
        monitor.AssertDead();
        Assert.False(monitor.IsAlive);
        Assert.Equal(LifetimeVerdict.Dead, monitor.Check().Verdict);
    }

    [Fact]
    public void A_living_object_fails_with_the_report_as_its_message()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => Hold(new Leaked()));
        var failure = Assert.Throws<ObjectNotDeadException>(() => monitor.AssertDead());
        Assert.Equal(Assert.Single(failure.Reports).ToString(), failure.Message);
        Assert.Equal("1, in the message above", failure.Reports.ToString()); // what a framework prints that prints properties
        Assert.Contains(", tracked as `() => Hold(new Leaked())`", failure.Message, StringComparison.Ordinal);
        Assert.Contains("static field LifetimeMonitoring.Tests.Api.LifeTimeMonitorTests.s_held", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_asynchronous_form_passes_and_fails_alike()
    {
        LifeTimeMonitor dead = await LifeTimeMonitor.TrackAsync(
            async () =>
            {
                await Task.Yield();
                return new Leaked();
            },
            async l =>
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
                l.OnHappened(null, EventArgs.Empty);
            });
        await dead.AssertDeadAsync(cancellationToken: TestContext.Current.CancellationToken);

        LifeTimeMonitor alive = LifeTimeMonitor.Track(() => Hold(new Leaked()));
        var failure = await Assert.ThrowsAsync<ObjectNotDeadException>(() => alive.AssertDeadAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(PathCertainty.Exact, failure.Reports[0].Certainty);
    }

    [Fact]
    public async Task An_object_that_a_synchronous_completion_made_is_dead_after_TrackAsync()
    {
        LifeTimeMonitor monitor = await LifeTimeMonitor.TrackAsync(() => Task.FromResult(new Leaked()));
        monitor.AssertDead();
    }

    [Fact]
    public async Task A_cancelled_check_gives_no_verdict()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => Hold(new Leaked()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => monitor.CheckAsync(cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_check_that_is_cancelled_meanwhile_ends_at_once()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => Hold(new Leaked()));
        using var cancel = new CancellationTokenSource();
        Task<LifetimeReport> check = monitor.CheckAsync(LifetimeOptions.Default with { Patience = TimeSpan.FromMinutes(5) }, cancel.Token);
        await cancel.CancelAsync();
        Assert.Equal(TaskStatus.Canceled, check.Status);
    }

    [Fact]
    public void An_object_that_is_dead_at_once_costs_the_asynchronous_form_no_turn_of_its_thread()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => new Leaked());
        Assert.True(monitor.CheckAsync(cancellationToken: TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    [Fact]
    public void AssertAlive_passes_for_a_held_object_and_fails_for_a_dead_one()
    {
        LifeTimeMonitor.Track(() => Hold(new Leaked())).AssertAlive();
        var failure = Assert.Throws<ObjectNotAliveException>(() => LifeTimeMonitor.Track(() => new Leaked()).AssertAlive());
        Assert.StartsWith("LifetimeMonitoring.Tests.Paths.Leaked (tracked as `() => new Leaked()` at LifeTimeMonitorTests.cs:", failure.Message, StringComparison.Ordinal);
        Assert.Contains(" should be alive and is dead: nothing held it. 1 collection, ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resurrected_object_is_found_where_it_went()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => new Phoenix());
        LifetimeReport report = monitor.Check(LifetimeOptions.Default with { TrackResurrection = true });
        Assert.Equal(LifetimeVerdict.Retained, report.Verdict);
        Assert.Equal("static field LifetimeMonitoring.Tests.Api.LifeTimeMonitorTests.Phoenix.Risen", report.Paths[0].Root);
    }

    [Fact]
    public void A_monitor_names_its_object_in_one_line() => Assert.Matches(
        @"^LifetimeMonitoring\.Tests\.Paths\.Leaked \(tracked as `.*` at LifeTimeMonitorTests\.cs:\d+\): alive$",
        LifeTimeMonitor.Track(() => Hold(new Leaked())).ToString());

    private static Leaked Hold(Leaked leaked)
    {
        lock (s_held) s_held.Add(leaked);
        return leaked;
    }

    private sealed class Phoenix
    {
        public static object? Risen;

        ~Phoenix() => Risen = this;
    }
}
