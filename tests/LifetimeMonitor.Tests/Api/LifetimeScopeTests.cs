using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Api;

public sealed class LifetimeScopeTests
{
    private static readonly List<object> s_held = [];

    [Fact]
    public void A_scope_passes_when_all_that_was_tracked_is_dead()
    {
        using var scope = new LifetimeScope();
        TrackAndDrop(scope);
        Assert.Equal(1, scope.TrackedCount);
    }

    [Fact]
    public void All_survivors_are_reported_together_from_one_snapshot()
    {
        var scope = new LifetimeScope();
        TrackAndHold(scope);
        TrackAndDrop(scope);
        TrackAndHold(scope);
        var failure = Assert.Throws<ObjectNotDeadException>(scope.Dispose);
        Assert.Equal(2, failure.Reports.Count);
        Assert.StartsWith("2 objects are still alive: ", failure.Message, StringComparison.Ordinal);
        Assert.Same(failure.Reports[0].Cost, failure.Reports[1].Cost);
    }

    [Fact]
    public void An_object_that_is_tracked_twice_is_reported_for_each_monitor()
    {
        var scope = new LifetimeScope();
        TrackTwice(scope);
        var failure = Assert.Throws<ObjectNotDeadException>(scope.Dispose);
        Assert.Equal(["first", "second"], failure.Reports.Select(r => r.Target.Expression));
        Assert.All(failure.Reports, r => Assert.Equal(LifetimeVerdict.Retained, r.Verdict));
    }

    [Fact]
    public void One_leak_fails_one_check_only()
    {
        using var scope = new LifetimeScope();
        TrackAndHold(scope);
        Assert.Throws<ObjectNotDeadException>(() => scope.AssertAllDead());
        scope.AssertAllDead();
    }

    [Fact]
    public void A_monitor_that_passed_AssertDead_is_not_asked_again()
    {
        using var scope = new LifetimeScope();
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => new Leaked());
        monitor.AssertDead();
        Assert.Empty(scope.CheckAll());
        Assert.Equal(1, scope.TrackedCount);
    }

    [Fact]
    public async Task A_monitor_that_passed_AssertDeadAsync_is_not_asked_again()
    {
        await using var scope = new LifetimeScope();
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => new Leaked());
        await monitor.AssertDeadAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(scope.CheckAll());
    }

    [Fact]
    public void AssertAlive_does_not_excuse_a_leak_from_the_scope()
    {
        var scope = new LifetimeScope();
        LifeTimeMonitor.Track(() => Hold(new Leaked())).AssertAlive();
        Assert.Throws<ObjectNotDeadException>(scope.Dispose);
    }

    [Fact]
    public void A_Check_whose_report_is_ignored_does_not_excuse_a_leak_from_the_scope()
    {
        var scope = new LifetimeScope();
        _ = LifeTimeMonitor.Track(() => Hold(new Leaked())).Check();
        Assert.Throws<ObjectNotDeadException>(scope.Dispose);
    }

    [Fact]
    public async Task A_CheckAsync_whose_report_is_ignored_does_not_excuse_a_leak_from_the_scope()
    {
        var scope = new LifetimeScope();
        _ = await LifeTimeMonitor.Track(() => Hold(new Leaked())).CheckAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ObjectNotDeadException>(async () => await scope.DisposeAsync());
    }

    [Fact]
    public async Task An_AssertDeadAsync_that_nobody_awaits_does_not_excuse_a_leak_from_the_scope()
    {
        var scope = new LifetimeScope();
        Task ignored = LifeTimeMonitor.Track(() => Hold(new Leaked())).AssertDeadAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Throws<ObjectNotDeadException>(scope.Dispose);
        await Assert.ThrowsAsync<ObjectNotDeadException>(() => ignored);
    }

    [Fact]
    public void An_AssertDead_that_failed_does_not_excuse_a_leak_from_the_scope()
    {
        var scope = new LifetimeScope();
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => Hold(new Leaked()));
        Assert.Throws<ObjectNotDeadException>(() => monitor.AssertDead());
        Assert.Throws<ObjectNotDeadException>(scope.Dispose);
    }

    [Fact]
    public void CheckAll_reports_every_object_and_lets_go_of_none()
    {
        var scope = new LifetimeScope();
        TrackAndHold(scope);
        TrackAndDrop(scope);
        Assert.Equal([LifetimeVerdict.Retained, LifetimeVerdict.Dead], scope.CheckAll().Select(r => r.Verdict));
        Assert.Throws<ObjectNotDeadException>(scope.Dispose);
    }

    [Fact]
    public async Task CheckAllAsync_reports_every_object_and_lets_go_of_none()
    {
        var scope = new LifetimeScope();
        TrackAndHold(scope);
        IReadOnlyList<LifetimeReport> reports = await scope.CheckAllAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([LifetimeVerdict.Retained], reports.Select(r => r.Verdict));
        await Assert.ThrowsAsync<ObjectNotDeadException>(async () => await scope.DisposeAsync());
    }

    [Fact]
    public void Track_without_an_open_scope_says_so()
    {
        Assert.Null(LifetimeScope.Current);
        Assert.Equal(
            "No scope is open here, so nothing would check this object. Put [MustBeCollected] on the test, or write `using var scope = new LifetimeScope();` before this line.",
            Assert.Throws<InvalidOperationException>(() => LifetimeScope.Track(new Leaked())).Message);
    }

    [Fact]
    public void Track_watches_in_the_scope_that_is_open_here()
    {
        using var outer = new LifetimeScope();
        using var inner = new LifetimeScope();
        TrackHere();
        Assert.Equal((0, 1), (outer.TrackedCount, inner.TrackedCount));
    }

    [Fact]
    public void An_outer_scope_that_watches_an_object_while_an_inner_one_is_open_asks_for_it_alone()
    {
        var outer = new LifetimeScope();
        using (new LifetimeScope()) TrackAndHold(outer);
        Assert.Equal(1, outer.TrackedCount);
        Assert.Throws<ObjectNotDeadException>(outer.Dispose);
    }

    [Fact]
    public void A_monitor_that_nobody_asked_is_checked_by_the_scope_around_it()
    {
        var scope = new LifetimeScope();
        _ = LifeTimeMonitor.Track(() => Hold(new Leaked()));
        Assert.Throws<ObjectNotDeadException>(scope.Dispose);
    }

    [Fact]
    public async Task The_scope_is_current_across_awaits_tasks_and_threads()
    {
        await using var scope = new LifetimeScope();
        Assert.Same(scope, LifetimeScope.Current);
        await Task.Yield();
        Assert.Same(scope, LifetimeScope.Current);
        Assert.Same(scope, await Task.Run(() => LifetimeScope.Current, TestContext.Current.CancellationToken));
        LifetimeScope? seen = null;
        var thread = new Thread(() => seen = LifetimeScope.Current);
        thread.Start();
        thread.Join();
        Assert.Same(scope, seen);
    }

    [Fact]
    public void The_outer_scope_is_current_again_when_the_inner_one_ends()
    {
        using var outer = new LifetimeScope();
        using (new LifetimeScope()) Assert.NotSame(outer, LifetimeScope.Current);
        Assert.Same(outer, LifetimeScope.Current);
    }

    [Fact]
    public void Nothing_tracked_can_be_made_a_failure()
    {
        using var scope = new LifetimeScope();
        var failure = Assert.Throws<NothingTrackedException>(scope.AssertAnyTracked);
        Assert.StartsWith("Nothing was tracked, so nothing is proved.", failure.Message, StringComparison.Ordinal);
        TrackAndDrop(scope);
        scope.AssertAnyTracked();
    }

    [Fact]
    public void A_scope_that_has_ended_tracks_nothing_more()
    {
        var scope = new LifetimeScope();
        scope.Dispose();
        scope.Dispose();
        Assert.Throws<ObjectDisposedException>(() => scope.Watch(new Leaked()));
    }

    [Fact]
    public void A_scope_that_ends_before_an_inner_one_leaves_the_inner_one_current()
    {
        var outer = new LifetimeScope();
        var inner = new LifetimeScope();
        outer.Dispose();
        Assert.Same(inner, LifetimeScope.Current);
        inner.Dispose();
        Assert.NotSame(outer, LifetimeScope.Current);
        Assert.NotSame(inner, LifetimeScope.Current);
    }

    [Fact]
    public void An_object_belongs_to_the_scope_it_is_given_to_or_to_the_innermost_one()
    {
        using var outer = new LifetimeScope();
        using var inner = new LifetimeScope();
        TrackAndDrop(inner);
        _ = LifeTimeMonitor.Track(() => new Leaked());
        Assert.Equal((0, 2), (outer.TrackedCount, inner.TrackedCount));
    }

    [Fact]
    public void An_inner_scope_takes_its_leaks_with_it()
    {
        using var outer = new LifetimeScope();
        var inner = new LifetimeScope();
        TrackAndHold(inner);
        Assert.Throws<ObjectNotDeadException>(inner.Dispose);
        TrackAndDrop(outer);
        outer.AssertAllDead();
    }

    [Fact]
    public async Task Many_threads_may_track_at_once()
    {
        await using var scope = new LifetimeScope();
        Parallel.For(0, 200, _ => TrackAndDrop(LifetimeScope.Current!));
        Assert.Equal(200, scope.TrackedCount);
    }

    [Fact]
    public async Task Scopes_that_are_open_at_once_do_not_see_each_other()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(async count =>
        {
            await Task.Yield();
            await using var scope = new LifetimeScope();
            for (int i = 0; i < count; i++)
            {
                TrackAndDrop(LifetimeScope.Current!);
                await Task.Yield();
            }

            Assert.Equal(count, scope.TrackedCount);
        }));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TrackTwice(LifetimeScope scope)
    {
        Leaked first = Hold(new Leaked());
        Leaked second = first;
        scope.Watch(first);
        scope.Watch(second);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TrackHere() => LifetimeScope.Track(new Leaked());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TrackAndDrop(LifetimeScope scope) => scope.Watch(new Leaked());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TrackAndHold(LifetimeScope scope) => Hold(scope.Watch(new Leaked()));

    private static Leaked Hold(Leaked leaked)
    {
        lock (s_held) s_held.Add(leaked);
        return leaked;
    }
}
