using System.Runtime.CompilerServices;

namespace LifetimeMonitor.Libraries.Tests;

/// <summary>Makes a leak, reads what the check advises, and does that: then the object must be dead.</summary>
internal static class Leak
{
    public const string Collection = "one after the other, because what one of them has static the others would see";

    // Some let go a moment later, on a thread of theirs.
    private static readonly LifetimeOptions s_patient = LifetimeOptions.Default with { Patience = TimeSpan.FromSeconds(20) };

    private static object? s_holder;

    /// <param name="leak">Makes the object, and something that keeps it, which lives on (<see cref="Hold"/>).</param>
    /// <param name="advice">What is to be advised.</param>
    /// <param name="follow">Does it.</param>
    public static void IsMended(Func<object> leak, string advice, Action follow)
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(leak);
        LifetimeReport report = monitor.Check();
        Assert.True(report is { Verdict: LifetimeVerdict.Retained, Search.Path: not null }, report.ToString());
        Assert.Equal(advice, report.Search.Path!.Advice);
        follow();
        monitor.AssertDead(s_patient);
        LetGo();
    }

    public static T Hold<T>(T holder)
        where T : class
    {
        s_holder = holder;
        return holder;
    }

    /// <summary>What keeps the object.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Holder<T>()
        where T : class => (T)s_holder!;

    public static void LetGo() => s_holder = null;
}
