using System.Globalization;

namespace LifetimeMonitoring.Benchmarks.Ratios;

/// <summary>Resident memory on Linux, in bytes, of this process and of the clones it makes while watched.</summary>
internal sealed class Memory : IDisposable
{
    private readonly Thread _watch;
    private readonly Dictionary<string, (long First, long Peak)> _children = [];
    private volatile bool _ended;

    private Memory()
    {
        _watch = new Thread(Watch) { IsBackground = true };
        _watch.Start();
    }

    public static long Peak => Read("/proc/self/status", "VmHWM:");

    /// <summary>The growth of a clone beyond its inherited memory.</summary>
    public long ChildsOwn => _children.Count == 0 ? 0 : _children.Values.Max(c => c.Peak - c.First);

    public static Memory WatchChildren() => new();

    /// <summary>Resets the peak to the current resident memory, and returns it.</summary>
    public static long StartPeak()
    {
        long now = Read("/proc/self/status", "VmRSS:");
        File.WriteAllText("/proc/self/clear_refs", "5");
        return now;
    }

    public void Dispose()
    {
        _ended = true;
        _watch.Join();
    }

    private void Watch()
    {
        for (; !_ended; Thread.Sleep(1))
        {
            foreach (string task in Directory.GetDirectories("/proc/self/task"))
            {
                foreach (string child in ReadAll(Path.Combine(task, "children"))
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    string status = $"/proc/{child}/status";
                    if (Read(status, "VmRSS:") is not (> 0 and var now)) continue;
                    _children[child] = _children.TryGetValue(child, out (long First, long Peak) known)
                        ? (known.First, Math.Max(known.Peak, now))
                        : (now, now);
                }
            }
        }
    }

    private static long Read(string file, string key)
    {
        string? line = ReadAll(file).Split('\n').FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal));
        return line is null
            ? 0
            : 1024 * long.Parse(
                line.AsSpan(key.Length).Trim().ToString().Split(' ')[0],
                CultureInfo.InvariantCulture);
    }

    private static string ReadAll(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return ""; // The process ended.
        }
    }
}
