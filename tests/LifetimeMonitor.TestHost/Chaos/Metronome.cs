using System.Collections.Concurrent;
using System.Diagnostics;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>A thread that only sleeps for short times. Its delay shows the delay of all threads.</summary>
internal static class Metronome
{
    private const int Remembered = 10_000;
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(50);
    private static readonly ConcurrentQueue<(long End, TimeSpan Delay)> s_delays = new();

    public static void Start() => new Thread(Beat) { IsBackground = true, Name = "metronome" }.Start();

    public static TimeSpan LongestDelaySince(long begun) => s_delays.Where(d => d.End >= begun).Select(d => d.Delay).DefaultIfEmpty().Max();

    private static void Beat()
    {
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            Thread.Sleep(s_beat);
            TimeSpan delay = Stopwatch.GetElapsedTime(start) - s_beat;
            if (delay < s_beat) continue;
            try
            {
                s_delays.Enqueue((Stopwatch.GetTimestamp(), delay));
                if (s_delays.Count > Remembered) _ = s_delays.TryDequeue(out _);
            }
            catch (OutOfMemoryException)
            {
                // In a nearly full heap.
            }
        }
    }
}
