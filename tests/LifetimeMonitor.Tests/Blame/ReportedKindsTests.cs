using System.Collections.Concurrent;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Blame;

/// <summary>Kinds of leaks that public reports showed (benchmarks/results/public-reports.md).</summary>
public sealed class ReportedKindsTests
{
    private static readonly Consumer s_consumer = new();
    private static readonly SemaphoreSlim s_semaphore = new(0);
    private static readonly CancellationTokenSource s_stop = new();
    private static readonly AsyncLocal<object?> s_current = new();
    private static ITimer? s_timer;

    [Fact]
    public async Task An_operation_that_a_token_keeps_gets_the_token_of_a_linked_source()
    {
        LifetimeReport report = Monitor(() => Task.Delay(Timeout.Infinite, s_stop.Token)).CheckUntilExact();
        Assert.Equal("registration", report.Paths[0].Suspect?.Reference);
        Assert.Equal(
            "An operation stays registered until it completes or its token is canceled: give it the token of a linked "
            + "source, and cancel that source when the operation is no longer needed.",
            report.Paths[0].Advice);
        // The advice.
        await Monitor(
            () =>
            {
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(s_stop.Token);
                Task delay = Task.Delay(Timeout.Infinite, linked.Token);
                linked.Cancel();
                return delay;
            }).AssertDeadAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_waiter_of_a_semaphore_is_canceled()
    {
        LifetimeReport report = Monitor(() => s_semaphore.WaitAsync()).CheckUntilExact();
        Assert.Equal("waiter", report.Paths[0].Suspect?.Reference);
        Assert.Equal(
            "A semaphore keeps a waiter until it is released to it, or the token of the wait is canceled: give the wait a "
            + "CancellationToken, and cancel it when the wait is given up.",
            report.Paths[0].Advice);
        _ = s_semaphore.Release();
    }

    [Fact]
    public void An_item_of_a_bag_that_leads_to_its_bag_is_an_element_of_the_bag()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var bag = new ConcurrentBag<Item>();
            bag.Add(new Item(bag));
            return bag;
        });
        Assert.StartsWith("ConcurrentBag<", report.Paths[0].Root, StringComparison.Ordinal);
        Assert.DoesNotContain("WorkStealingQueue", report.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("_array", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_that_a_struct_keeps_is_one_of_the_event_around_it()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_consumer.Received += leaked.OnHappened;
            return leaked;
        });
        s_consumer.Receive();
        Assert.Equal(
            "Leaked.OnHappened was added to event Received of Consumer and never removed: unsubscribe when the Leaked "
            + "is done.",
            report.Paths[0].Advice);
    }

    [Fact]
    public void A_timer_that_the_program_keeps_is_also_let_go_of()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() =>
        {
            var leaked = new Leaked();
            s_current.Value = leaked;
            s_timer = TimeProvider.System.CreateTimer(OnTick, state: null, TimeSpan.FromDays(1), TimeSpan.FromDays(1));
            s_current.Value = null;
            return leaked;
        });
        LifetimeReport report = monitor.CheckUntilExact();
        Assert.EndsWith(
            ": dispose the timer and let go of it, or start it under ExecutionContext.SuppressFlow().",
            report.Paths[0].Advice,
            StringComparison.Ordinal);
        // The advice.
        s_timer!.Dispose();
        s_timer = null;
        monitor.AssertDead();
    }

    private static void OnTick(object? state) => GC.KeepAlive(state);

    private static LifeTimeMonitor Monitor(Func<Task> begin) => new(begin());

    private sealed record Item(ConcurrentBag<Item> Bag);

    private sealed class Consumer
    {
        private Handlers _handlers;

        public event EventHandler Received
        {
            add => _handlers.Add(value);
            remove => _handlers.Remove(value);
        }

        public void Receive() => _handlers.Raise(this);

        // Its event is no one's but the consumer's.
        private struct Handlers
        {
            private event EventHandler? _handler;

            public void Add(EventHandler handler) => _handler += handler;

            public void Remove(EventHandler handler) => _handler -= handler;

            public readonly void Raise(object sender) => _handler?.Invoke(sender, EventArgs.Empty);
        }
    }
}
