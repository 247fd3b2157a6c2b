using System.Globalization;

namespace LifetimeMonitor.Benchmarks.Ratios;

/// <summary>Resident memory as Linux tells it, in bytes: of this process, and of the clones it makes while it is watched.</summary>
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

    /// <summary>How much a clone grew beyond what it inherited.</summary>
    public long ChildsOwn => _children.Count == 0 ? 0 : _children.Values.Max(c => c.Peak - c.First);

    public static Memory WatchChildren() => new();

    /// <summary>Lets the peak start anew from what is resident now, which is returned.</summary>
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
                foreach (string child in ReadAll(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    string status = $"/proc/{child}/status";
                    if (Read(status, "VmRSS:") is not (> 0 and var now)) continue;
                    _children[child] = _children.TryGetValue(child, out (long First, long Peak) known) ? (known.First, Math.Max(known.Peak, now)) : (now, now);
                }
            }
        }
    }

    private static long Read(string file, string key)
    {
        string? line = ReadAll(file).Split('\n').FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal));
        return line is null ? 0 : 1024 * long.Parse(line.AsSpan(key.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static string ReadAll(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return ""; // It ended.
        }
    }
}
