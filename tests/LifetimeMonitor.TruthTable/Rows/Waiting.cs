using System.Threading.Channels;

namespace LifetimeMonitor.TruthTable.Rows;

/// <summary>What waits for something to happen, and holds what is to be told then.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_long = TimeSpan.FromDays(1);
    private static readonly CancellationTokenSource s_shutdown = new();
    private static TaskCompletionSource s_never = new();
    private static SemaphoreSlim s_semaphore = new(0);
    private static Channel<int> s_channel = Channel.CreateUnbounded<int>();
    private static PeriodicTimer? s_ticks;

    public static Row[] Rows => [TimerCallback, DelayContinuation, TaskContinuation, CancellationRegistration, SemaphoreWaiter, ChannelReader, PeriodicTimerTick];

    private static Row TimerCallback => Row.Made("System.Threading.Timer", () => new Ticking(), ticking => ticking.Dispose());

    private static Row DelayContinuation => Row.Made(
        "continuation of a pending Task.Delay",
        () =>
        {
            var poller = new Poller();
            _ = poller.RunAsync();
            return poller;
        },
        poller => poller.Stop());

    private static Row TaskContinuation => Row.Of(
        "continuation of a TaskCompletionSource",
        leaked => s_never.Task.ContinueWith(_ => leaked.Touch(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default),
        _ =>
        {
            s_never.SetResult();
            s_never = new TaskCompletionSource();
        });

    // The one who registered keeps the registration, so that only the token's source leads to it.
    private static Row CancellationRegistration => Row.Of(
        "registration at a CancellationToken",
        leaked => leaked.Next = s_shutdown.Token.Register(leaked.Touch),
        leaked => ((CancellationTokenRegistration)leaked.Next!).Dispose());

    private static Row SemaphoreWaiter => Row.Of("waiter of a SemaphoreSlim", leaked => _ = WaitAsync(s_semaphore.WaitAsync(), leaked), _ => s_semaphore = new SemaphoreSlim(0));

    private static Row ChannelReader => Row.Of(
        "reader that waits for a channel",
        leaked => _ = WaitAsync(s_channel.Reader.WaitToReadAsync().AsTask(), leaked),
        _ => s_channel = Channel.CreateUnbounded<int>());

    private static Row PeriodicTimerTick => Row.Of(
        "wait for a tick of a PeriodicTimer",
        leaked => _ = WaitAsync((s_ticks = new PeriodicTimer(s_long)).WaitForNextTickAsync().AsTask(), leaked),
        _ =>
        {
            s_ticks!.Dispose();
            s_ticks = null;
        });

    private static async Task WaitAsync(Task what, Leaked leaked)
    {
        await what;
        leaked.Touch();
    }

    private sealed class Ticking : IDisposable
    {
        private readonly Timer _timer;
        private int _ticks;

        // With no state given, the timer's state is the timer itself: the queue of timers then holds it, and it needs nobody else.
        public Ticking()
        {
            _timer = new Timer(OnTick);
            _ = _timer.Change(s_long, s_long);
        }

        public void Dispose() => _timer.Dispose();

        private void OnTick(object? state) => _ticks++;
    }

    private sealed class Poller
    {
        private readonly CancellationTokenSource _stop = new();
        private int _polls;

        public async Task RunAsync()
        {
            await Task.Delay(s_long, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _polls++;
        }

        // What goes on after the delay waits for a thread of the pool, and holds us until it has one.
        public void Stop()
        {
            _stop.Cancel();
            _ = SpinWait.SpinUntil(() => Volatile.Read(ref _polls) > 0, TimeSpan.FromSeconds(30));
        }
    }
}
