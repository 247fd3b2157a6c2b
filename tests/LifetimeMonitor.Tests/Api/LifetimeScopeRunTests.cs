using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Api;

public sealed class LifetimeScopeRunTests
{
    private static readonly List<object> s_held = [];

    [Fact]
    public void Run_passes_when_the_objects_are_dead_and_the_body_ends()
    {
        LifetimeScope? seen = null;
        LifetimeScope.Run(scope =>
        {
            seen = scope;
            Assert.Same(scope, LifetimeScope.Current);
            _ = LifetimeScope.Track(new Leaked());
        });
        Assert.NotSame(seen, LifetimeScope.Current);
    }

    // The same in Debug: the local belongs to the lambda, which has ended.
    [Fact]
    public void A_local_variable_of_the_body_is_gone_when_the_objects_are_checked() => LifetimeScope.Run(scope =>
    {
        var local = new Leaked();
        _ = scope.Watch(local);
        GC.KeepAlive(local);
    });

    [Fact]
    public void Run_throws_the_leak_when_the_body_ends() =>
        Assert.Throws<ObjectNotDeadException>(() => LifetimeScope.Run(scope => Hold(scope.Watch(new Leaked()))));

    [Fact]
    public void Run_throws_the_exception_of_the_body_when_the_objects_are_dead()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => LifetimeScope.Run(scope => ThrowAfter(scope.Watch(new Leaked()))));
        Assert.Contains(nameof(ThrowAfter), failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_throws_both_when_the_body_throws_and_leaks()
    {
        var both = Assert.Throws<AggregateException>(() => LifetimeScope.Run(scope => ThrowAfter(Hold(scope.Watch(new Leaked())))));
        Assert.Equal("the test's own failure", Assert.IsType<InvalidOperationException>(both.InnerExceptions[0]).Message);
        Assert.Equal(LifetimeVerdict.Retained, Assert.IsType<ObjectNotDeadException>(both.InnerExceptions[1]).Reports[0].Verdict);
    }

    [Fact]
    public async Task The_failure_of_the_body_is_not_lost_when_the_check_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        var both = await Assert.ThrowsAsync<AggregateException>(() => LifetimeScope.RunAsync(
            scope =>
            {
                cancelled.Cancel();
                ThrowAfter(Hold(scope.Watch(new Leaked())));
                return Task.CompletedTask;
            },
            cancellationToken: cancelled.Token));
        Assert.IsType<InvalidOperationException>(both.InnerExceptions[0]);
        Assert.IsAssignableFrom<OperationCanceledException>(both.InnerExceptions[1]);
    }

    [Fact]
    public void A_leak_that_the_body_has_already_reported_is_reported_once() =>
        Assert.Throws<ObjectNotDeadException>(() => LifetimeScope.Run(_ => LifeTimeMonitor.Track(() => Hold(new Leaked())).AssertDead()));

    [Fact]
    public void A_test_that_is_skipped_in_the_body_stays_skipped()
    {
        Exception? skip = Thrown(() => Assert.Skip("not here"));
        Assert.NotNull(skip);
        Assert.Same(skip, Thrown(() => LifetimeScope.Run(scope =>
        {
            Hold(scope.Watch(new Leaked()));
            throw skip;
        })));
    }

    [Fact]
    public void Run_refuses_an_async_void_body() => Assert.Contains(
        "await LifetimeScope.RunAsync(…) instead",
        Assert.Throws<ArgumentException>(() => LifetimeScope.Run(async _ => await Task.Yield())).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task RunAsync_throws_both_when_the_body_throws_and_leaks()
    {
        var both = await Assert.ThrowsAsync<AggregateException>(() => LifetimeScope.RunAsync(
            async scope =>
            {
                await Task.Yield();
                ThrowAfter(Hold(scope.Watch(new Leaked())));
            },
            cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal([typeof(InvalidOperationException), typeof(ObjectNotDeadException)], both.InnerExceptions.Select(e => e.GetType()));
    }

    [Fact]
    public async Task RunAsync_passes_when_the_objects_are_dead_and_the_body_ends() => await LifetimeScope.RunAsync(
        async _ =>
        {
            Leaked local = LifetimeScope.Track(new Leaked());
            await Task.Yield();
            GC.KeepAlive(local);
        },
        cancellationToken: TestContext.Current.CancellationToken);

    // The framework's own assertions let this exception through.
    private static Exception? Thrown(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static void ThrowAfter(object done)
    {
        GC.KeepAlive(done);
        throw new InvalidOperationException("the test's own failure");
    }

    private static Leaked Hold(Leaked leaked)
    {
        lock (s_held) s_held.Add(leaked);
        return leaked;
    }
}
