using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>Makes a leak, reads the advice of the check, and follows it: then the object must be dead.</summary>
internal static class Leak
{
    public const string Collection = "one after the other, because what one of them has static the others would see";

    // Some libraries release the object a moment later, on another thread.
    private static readonly LifetimeOptions s_patient = LifetimeOptions.Default with { Patience = TimeSpan.FromSeconds(20) };

    private static readonly TimeSpan s_longestWork = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_betweenChecks = TimeSpan.FromMilliseconds(100);

    private static object? s_holder;

    /// <summary>The advice of the last proof; null before it.</summary>
    public static string? Proven { get; set; }

    /// <param name="leak">Makes the object and a live holder of it (<see cref="Hold"/>).</param>
    /// <param name="advice">The expected advice; null for none.</param>
    /// <param name="follow">Follows the advice.</param>
    /// <param name="mended">Makes the object as the advice has it, where nothing can free a leaked one.</param>
    public static LifetimeReport IsMended(Func<object> leak, string? advice, Action follow, Func<object>? mended = null)
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(leak);
        LifetimeReport report = CheckAtRest(monitor);
        Assert.True(report is { Verdict: LifetimeVerdict.Retained, Paths.Count: > 0 }, report.ToString());
        Assert.True(advice == report.Paths[0].Advice, report.ToString());
        follow();
        if (mended is not null) monitor = LifeTimeMonitor.Track(mended);
        monitor.AssertDead(s_patient);
        LetGo();
        Proven = advice ?? "(none)";
        return report;
    }

    public static T Hold<T>(T holder)
        where T : class
    {
        s_holder = holder;
        return holder;
    }

    /// <summary>The holder of the object.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Holder<T>()
        where T : class => (T)s_holder!;

    public static void LetGo() => s_holder = null;

    // A library may still use the object on a thread of its own, and the stack of that thread is then the nearest root.
    private static LifetimeReport CheckAtRest(LifeTimeMonitor monitor)
    {
        long start = Environment.TickCount64;
        while (true)
        {
            LifetimeReport report = monitor.Check();
            bool isInUse = report.Paths is [{ Kind: RootKind.Stack }, ..];
            if (!isInUse || Environment.TickCount64 - start > s_longestWork.TotalMilliseconds) return report;
            Thread.Sleep(s_betweenChecks);
        }
    }
}
