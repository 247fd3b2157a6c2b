using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>Held by the callback of an undisposed timer.</summary>
internal sealed class TimerCallback : Leak
{
    // The timer's callback target holds the timer, and so does the queue of timers.
    private static readonly TimeSpan s_long = TimeSpan.FromDays(2);
    private WeakReference<Timer>? _timer;

    public override Expectation Expected => new(
        LifetimeVerdict.Retained,
        RootKind.StaticField,
        "timer queue of the runtime",
        "callback = TimerCallback.Ticking.OnTick");

    public override LifeTimeMonitor Make() =>
        LifeTimeMonitor.Track(() => new Ticking(), use: ticking => _timer = new WeakReference<Timer>(ticking.Timer));

    public override void LetGo()
    {
        if (_timer is not null && _timer.TryGetTarget(out Timer? timer)) timer.Dispose();
    }

    private sealed class Ticking
    {
        private int _ticks;

        public Ticking()
        {
            Timer = new Timer(OnTick);
            _ = Timer.Change(s_long, s_long);
        }

        public Timer Timer { get; }

        private void OnTick(object? state) => _ticks++;
    }
}
