using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// A chain through a ConditionalWeakTable with many other entries: each link is the key of the next. The collector
/// takes long for it.
/// </summary>
internal static class AttachedChain
{
    private static readonly ConditionalWeakTable<object, object> s_table = [];
    private static readonly List<object> s_keys = [];
    private static object? s_first;

    public static int Run(int links, int entries)
    {
        LifeTimeMonitor monitor = Make(links, entries);
        LifetimeReport report = monitor.Check();
        Console.WriteLine(report);
        return report.Verdict == LifetimeVerdict.Retained ? 0 : 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor Make(int links, int entries)
    {
        var last = new Leaked();
        object key = last;
        for (int i = 0; i < links; i++)
        {
            object holder = new();
            s_table.Add(holder, key);
            key = holder;
        }

        s_first = key;
        for (int i = 0; i < entries; i++)
        {
            object other = new();
            s_keys.Add(other);
            s_table.Add(other, new object());
        }

        return new LifeTimeMonitor(last);
    }
}
