namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>In a list that a static field holds.</summary>
internal sealed class StaticList(int lane) : Leak
{
    private static readonly List<object>[] s_lists = [.. Enumerable.Range(0, Lanes).Select(_ => new List<object>())];

    public override Expectation Expected => Expectation.Static("StaticList.s_lists", $"[{lane}]", "[0]");

    public override LifeTimeMonitor Make() => LifeTimeMonitor.Track(() => new Leaked(), use: leaked => s_lists[lane].Add(leaked));

    public override void LetGo() => s_lists[lane].Clear();
}
