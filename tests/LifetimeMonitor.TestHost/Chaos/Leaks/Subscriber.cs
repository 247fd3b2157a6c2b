namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>Subscribed to an event of a live publisher.</summary>
internal sealed class Subscriber(int lane) : Leak
{
    private static readonly Publisher[] s_publishers = [.. Enumerable.Range(0, Lanes).Select(_ => new Publisher())];

    public override Expectation Expected =>
        Expectation.Static("Subscriber.s_publishers", $"[{lane}]", "event Happened += Subscriber.Listener.OnHappened");

    public override LifeTimeMonitor Make() => LifeTimeMonitor.Track(
        () => new Listener(),
        use: listener => s_publishers[lane].Happened += listener.OnHappened);

    public override void LetGo() => s_publishers[lane].Clear();

    private sealed class Publisher
    {
        public event EventHandler? Happened;

        public void Clear() => Happened = null;
    }

    private sealed class Listener
    {
        private int _happened;

        public void OnHappened(object? sender, EventArgs e) => _happened++;
    }
}
