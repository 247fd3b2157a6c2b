using System.Runtime.CompilerServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Tests.Snapshots;

namespace LifetimeMonitoring.Tests.Diagnosis;

[Collection(nameof(Alone))]
public sealed class LifetimeEngineTests
{
    private static readonly List<object> s_held = [];

    [Fact]
    public void After_a_reset_nothing_made_before_is_used_and_checks_answer_as_before()
    {
        string before = Path();
        LifetimeEngine old = LifetimeEngine.Current;
        LifetimeEngine.Reset();
        LifetimeEngine current = LifetimeEngine.Current;
        Assert.NotSame(old, current);
        Assert.NotSame(old.Diagnoser, current.Diagnoser);
        Assert.NotSame(old.Thread, current.Thread);
        Assert.NotSame(old.Finalizers, current.Finalizers);
        Assert.Equal(0, old.Scratch.Length);
        Assert.Equal(before, Path());
        Assert.Equal(0, old.Scratch.Length);
    }

    private static string Path()
    {
        LifetimeReport report = Track().Check();
        s_held.Clear();
        Assert.Equal(LifetimeVerdict.Retained, report.Verdict);
        return report.Paths[0].ToString();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor Track() => LifeTimeMonitor.Track(() =>
    {
        object held = new();
        s_held.Add(held);
        return held;
    });
}
