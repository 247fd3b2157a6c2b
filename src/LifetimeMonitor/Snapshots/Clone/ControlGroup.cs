using System.Globalization;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>One control group whose memory limit applies to this process: its own, or an ancestor.</summary>
/// <param name="Folder">The directory of its files.</param>
/// <param name="IsUnified">True for version 2.</param>
internal sealed record ControlGroup(string Folder, bool IsUnified)
{
    private const string UnifiedRoot = "/sys/fs/cgroup", MemoryRoot = "/sys/fs/cgroup/memory", Controller = "memory";
    private const int MaxDepth = 32;

    // Version 1 reports a number of this size if there is no limit.
    private const long Unlimited = long.MaxValue / 2;

    private const string StatisticsFile = "memory.stat";

    private string UsageFile => IsUnified ? "memory.current" : "memory.usage_in_bytes";

    /// <summary>The groups with a limit, from the process's own upward.</summary>
    public static IReadOnlyList<ControlGroup> OfThisProcess(ILinux linux)
    {
        try
        {
            return [.. Folders(linux).Where(g => g.Limit(linux) is not null)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Bytes that it may use; null for no limit.</summary>
    public long? Limit(ILinux linux) =>
        Number(linux, IsUnified ? "memory.max" : "memory.limit_in_bytes") is { } limit and < Unlimited ? limit : null;

    /// <summary>
    /// Bytes left below the limit, plus those that the system can reclaim from the file cache at once; null if
    /// unknown.
    /// </summary>
    public long? Left(ILinux linux)
    {
        if (Limit(linux) is not { } limit
            || Number(linux, UsageFile) is not { } used)
            return null;
        string cache = IsUnified ? "inactive_file " : "total_inactive_file ";
        string? line = linux.TryReadLines($"{Folder}/{StatisticsFile}")
            .FirstOrDefault(l => l.StartsWith(cache, StringComparison.Ordinal));
        return limit - used + (line is null ? 0 : Parse(line[cache.Length..]) ?? 0);
    }

    /// <summary>
    /// Whether the system kills all processes of the group when its memory runs out, as in Kubernetes containers.
    /// </summary>
    public bool EndsTogether(ILinux linux) => IsUnified && Number(linux, "memory.oom.group") == 1;

    /// <summary>Opens the files that show how much is left; null if it has no limit, or they cannot be read.</summary>
    public MemoryWatch? Watch(ILinux linux)
    {
        if (Limit(linux) is not { } limit) return null;
        FileStream? usage = null;
        try
        {
            usage = linux.Open($"{Folder}/{UsageFile}") as FileStream;
            return usage is not null && linux.Open($"{Folder}/{StatisticsFile}") is FileStream statistics
                ? new MemoryWatch(usage, statistics, limit)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            usage?.Dispose();
            return null;
        }
    }

    // A line of the file is "number:controllers:path"; that of version 2 is "0::path".
    private static IEnumerable<ControlGroup> Folders(ILinux linux)
    {
        foreach (string line in linux.ReadLines("/proc/self/cgroup"))
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length < 3) continue;
            bool isUnified = parts[0] == "0" && parts[1].Length == 0;
            if (!isUnified && !parts[1].Split(',').Contains(Controller)) continue;
            string root = isUnified ? UnifiedRoot : MemoryRoot;
            // Inside a container the path may be a host path, of which only the root is visible.
            string path = parts[2].TrimEnd('/');
            for (int i = 0; i < MaxDepth && path.Length > 0; i++)
            {
                yield return new ControlGroup(root + path, isUnified);
                path = path[..Math.Max(0, path.LastIndexOf('/'))];
            }

            yield return new ControlGroup(root, isUnified);
        }
    }

    private long? Number(ILinux linux, string file) =>
        linux.TryReadLine($"{Folder}/{file}") is { } text ? Parse(text) : null;

    private static long? Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
