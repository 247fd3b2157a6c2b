using System.Globalization;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.TestHost.Hostile;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>Leftovers after an episode: children, files, our threads, signal handlers, descriptors.</summary>
internal sealed class Residue
{
    private const int Signals = 64;

    // The runtime sometimes opens an event or a file; a leak of ours would open one for each check.
    private const int MayOpen = 8;
    private static readonly TimeSpan s_timeToEnd = TimeSpan.FromSeconds(20);
    private readonly nint[] _handlers = Handlers();
    private readonly List<string> _opened = Opened();

    /// <summary>The number of lines of this process's memory map.</summary>
    public static int Maps() => File.ReadLines("/proc/self/maps").Count();

    /// <summary>The leftovers, once the system had the time to remove them; null for none.</summary>
    public string? Find()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        string? left = null;
        bool isClean = SpinWait.SpinUntil(
            () =>
            {
                CloneReaper.OfThoseLeft(new LinuxCalls());
                left = Look();
                if (left is not null) Thread.Sleep(20);
                return left is null;
            },
            s_timeToEnd);
        return isClean ? null : left;
    }

    private string? Look()
    {
        List<string> left = [];
        if (!Leftovers.IsNothing()) left.Add(Leftovers.Describe());
        if (Leftovers.OurThreads() is > 0 and var threads) left.Add($"{threads} threads of ours");
        string[] marks = Directory.GetFiles(Path.GetTempPath(), $"lifetimemonitor-*{Environment.ProcessId}-*");
        if (marks.Length > 0) left.Add(string.Join(", ", marks));
        nint[] now = Handlers();
        left.AddRange(
            Enumerable.Range(0, Signals)
                .Where(s => now[s] != _handlers[s])
                .Select(s =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"signal {s + 1} had handler 0x{_handlers[s]:x} and has 0x{now[s]:x}")));
        List<string> opened = Opened();
        if (opened.Count > _opened.Count + MayOpen)
            left.Add(
                $"{opened.Count} descriptors ({Counted(opened)}), {_opened.Count} at the beginning " +
                $"({Counted(_opened)})");
        return left.Count == 0 ? null : string.Join("; ", left);
    }

    private static string Counted(List<string> files) => string.Join(", ", files.GroupBy(f => f).Select(g => $"{g.Count()}×{g.Key}"));

    private static nint[] Handlers() => [.. Enumerable.Range(1, Signals).Select(ForeignSignals.Handler)];

    // Assemblies and libraries belong to the runtime, which maps them on demand.
    private static List<string> Opened() =>
    [
        .. Leftovers.OpenFiles()
            .Where(f => !f.EndsWith(".dll", StringComparison.Ordinal) && !f.EndsWith(".so", StringComparison.Ordinal))
            .Select(Kind)
    ];

    private static string Kind(string file) =>
        file.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket
            && !file.StartsWith("anon_inode", StringComparison.Ordinal)
            ? file[..bracket]
            : file;
}
