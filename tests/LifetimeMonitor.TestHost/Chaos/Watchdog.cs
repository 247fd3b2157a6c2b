using System.Collections.Concurrent;
using System.Diagnostics;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>Ends the process when one of its steps hangs, and names the step.</summary>
internal static class Watchdog
{
    private static readonly TimeSpan s_hung = TimeSpan.FromMinutes(3), s_betweenLooks = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, (string What, long Begun)> s_going = new();

    public static void Start() => new Thread(Watch) { IsBackground = true, Name = "watchdog" }.Start();

    /// <summary>Records the begin of a step.</summary>
    public static void Begin(string who, string what) => s_going[who] = (what, Stopwatch.GetTimestamp());

    public static void End(string who) => s_going.TryRemove(who, out _);

    private static void Watch()
    {
        while (true)
        {
            Thread.Sleep(s_betweenLooks);
            foreach ((string what, long begun) in s_going.Values)
            {
                if (Stopwatch.GetElapsedTime(begun) > s_hung) Environment.FailFast($"HUNG: {what}");
            }
        }
    }
}
