using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost;

internal sealed class Leaked;

internal static class Holder
{
    public static readonly List<object> List = [];
    public static object? Field;

    /// <summary>An object that a list in a static field holds.</summary>
    public static LifeTimeMonitor LeakThroughList() => LifeTimeMonitor.Track(() =>
    {
        var leaked = new Leaked();
        List.Clear();
        List.Add(leaked);
        return leaked;
    });

    /// <summary>Whether the path is the right one.</summary>
    public static bool IsTheList(LifetimeReport report) =>
        report is { Verdict: LifetimeVerdict.Retained, Certainty: PathCertainty.Exact, Paths: [{ Steps: [var root, var element] }] }
        && root.Reference == "static field LifetimeMonitoring.TestHost.Holder.List"
        && element is { Reference: "[0]", TypeName: "LifetimeMonitoring.TestHost.Leaked" };
}
