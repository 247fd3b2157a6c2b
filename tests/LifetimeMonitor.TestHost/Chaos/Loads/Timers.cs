namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Timers of all kinds that fire all the time, and some that never fire.</summary>
/// <param name="count">The number of timers of each kind.</param>
/// <param name="period">The period of the shortest, in milliseconds.</param>
internal sealed class Timers(int count, int period) : LoadElement
{
    private readonly List<Timer> _timers = [];
    private readonly List<PeriodicTimer> _periodic = [];
    private readonly List<Task> _loops = [];
    private readonly CancellationTokenSource _stop = new();
    private int _ticks;

    protected override string Parameters => $"{count} of each kind, {period} ms";

    public override void Start()
    {
        for (int i = 0; i < count; i++)
        {
            _timers.Add(new Timer(_ => Interlocked.Increment(ref _ticks), null, period + i, period + i));
            _timers.Add(new Timer(_ => Interlocked.Increment(ref _ticks), null, TimeSpan.FromDays(1), TimeSpan.FromDays(1)));
            var periodic = new PeriodicTimer(TimeSpan.FromMilliseconds(period + i));
            _periodic.Add(periodic);
            _loops.Add(Tick(periodic));
            _loops.Add(Delay(period + i));
        }
    }

    public override void Stop()
    {
        _stop.Cancel();
        foreach (PeriodicTimer timer in _periodic) timer.Dispose();
        foreach (Timer timer in _timers)
        {
            using var ended = new ManualResetEvent(initialState: false);
            if (timer.Dispose(ended)) _ = ended.WaitOne();
        }

        Task.WaitAll([.. _loops]);
        _stop.Dispose();
        _loops.Clear();
        _timers.Clear();
        _periodic.Clear();
    }

    private async Task Tick(PeriodicTimer timer)
    {
        while (await timer.WaitForNextTickAsync()) _ = Interlocked.Increment(ref _ticks);
    }

    private async Task Delay(int milliseconds)
    {
        while (!_stop.IsCancellationRequested)
            await Task.Delay(milliseconds, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
