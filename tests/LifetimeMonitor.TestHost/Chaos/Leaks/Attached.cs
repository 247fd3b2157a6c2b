using System.Runtime.CompilerServices;

namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>Attached to an object that a static field holds.</summary>
internal sealed class Attached(int lane) : Leak
{
    private static readonly object[] s_keys = [.. Enumerable.Range(0, Lanes).Select(_ => new object())];
    private static readonly ConditionalWeakTable<object, object> s_table = [];

    public override Expectation Expected =>
        Expectation.Static("Attached.s_keys", $"[{lane}]", "attached (ConditionalWeakTable or dependent handle)");

    public override LifeTimeMonitor Make() => LifeTimeMonitor.Track(() => new Leaked(), use: leaked => s_table.Add(s_keys[lane], leaked));

    public override void LetGo() => s_table.Remove(s_keys[lane]);
}
