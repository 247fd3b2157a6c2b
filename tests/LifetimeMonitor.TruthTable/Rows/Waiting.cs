namespace LifetimeMonitor.TruthTable.Rows;

/// <summary>What waits for something to happen, and holds what is to be told then.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_long = TimeSpan.FromDays(1);
    private static readonly CancellationTokenSource s_shutdown = new();
    private static CancellationTokenRegistration s_registration;
    private static TaskCompletionSource s_never = new();
    private static CancellationTokenSource? s_delay;

    public static Row[] Rows => [TimerCallback, DelayContinuation, TaskContinuation, CancellationRegistration];

    private static Row TimerCallback => Row.Made("System.Threading.Timer", () => new Ticking(), ticking => ticking.Dispose());

    private static Row DelayContinuation => Row.Of(
        "continuation of a pending Task.Delay",
        leaked =>
        {
            s_delay = new CancellationTokenSource();
            _ = Delayed(leaked, Task.Delay(s_long, s_delay.Token));
        },
        _ =>
        {
            s_delay!.Cancel();
            s_delay = null;
        });

    private static Row TaskContinuation => Row.Of(
        "continuation of a TaskCompletionSource",
        leaked => s_never.Task.ContinueWith(_ => leaked.Touch(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default),
        _ =>
        {
            s_never.SetResult();
            s_never = new TaskCompletionSource();
        });

    private static Row CancellationRegistration => Row.Of(
        "registration at a CancellationToken",
        leaked => s_registration = s_shutdown.Token.Register(leaked.Touch),
        _ =>
        {
            s_registration.Dispose();
            s_registration = default;
        });

    private static async Task Delayed(Leaked leaked, Task delay)
    {
        await delay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
}
