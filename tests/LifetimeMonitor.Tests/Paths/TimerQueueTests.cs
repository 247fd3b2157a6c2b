using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

/// <summary>All timers of the runtime are in lists, so each timer leads to others.</summary>
public sealed class TimerQueueTests
{
    private static readonly List<Timer> s_heartbeats = [];

    [Fact]
    public void A_timer_is_held_by_the_queue_and_not_by_another_timer_that_stands_beside_it()
    {
        for (int i = 0; i < 20; i++) s_heartbeats.Add(new Timer(static _ => { }, null, TimeSpan.FromDays(1), TimeSpan.FromDays(1)));
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => new Ticking(), use: t => t.Start());
        for (int i = 0; i < 20; i++) s_heartbeats.Add(new Timer(static _ => { }, null, TimeSpan.FromDays(1), TimeSpan.FromDays(1)));
        LifetimeReport report = monitor.Check();
        s_heartbeats.ForEach(t => t.Dispose());
        s_heartbeats.Clear();
        Assert.Equal("timer queue of the runtime", report.Paths[0].Steps[0].Reference);
    }

    private sealed class Ticking
    {
        public void Start() => _ = new Timer(OnTick).Change(TimeSpan.FromDays(1), TimeSpan.FromDays(1));

        private void OnTick(object? state) => GC.KeepAlive(this);
    }
}
