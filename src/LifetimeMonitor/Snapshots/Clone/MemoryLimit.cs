using System.Globalization;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// The memory that the limit of a container (a Linux control group, version 1 or 2) leaves. At first a clone shares
/// all memory with the program. Each page that the program writes to while the clone lives is copied, and counts
/// twice.
/// </summary>
internal sealed class MemoryLimit(ILinux linux)
{
    private const long Megabyte = 1024 * 1024;

    // For the clone's search, and for the allocations of other threads meanwhile.
    private const long Margin = 32 * Megabyte;

    // A program writes to only a part of its memory while a clone lives. If it writes to more, the clone ends itself
    // (memory_watch.c).
    private const int UsualShare = 4;

    private readonly Lazy<IReadOnlyList<ControlGroup>> _groups = new(() => ControlGroup.OfThisProcess(linux));

    /// <summary>Why a copy of the process does not fit, or null.</summary>
    public string? Refusal()
    {
        if (Tightest() is not { } group) return null;
        long own = OwnMemory();
        long needed = Margin + (group.EndsTogether(linux) ? own : own / UsualShare);
        return group.Left(linux) is { } left && left < needed ? Explain(left, needed, group.Limit(linux) ?? 0) : null;
    }

    /// <summary>What a clone watches; null if a copy of all memory fits, or if the system does not show how much is left.</summary>
    public MemoryWatch? Watch() =>
        Tightest() is { } group && group.Left(linux) < OwnMemory() + Margin ? group.Watch(linux) : null;

    private ControlGroup? Tightest()
    {
        ControlGroup? tightest = null;
        long least = long.MaxValue;
        foreach (ControlGroup group in _groups.Value)
        {
            if (group.Left(linux) is not { } left || left >= least) continue;
            (tightest, least) = (group, left);
        }

        return tightest;
    }

    private static string Explain(long left, long needed, long limit) =>
        $"the container has {Quantity.Of(Math.Max(0, left) / Megabyte)} MB of its {Quantity.Of(limit / Megabyte)} MB "
        + $"of memory left, and a copy of the process may need {Quantity.Of(needed / Megabyte)} MB; "
        + "raise its memory limit";

    // The file is "size resident shared …" in pages.
    private long OwnMemory()
    {
        string[] words = linux.TryReadLine("/proc/self/statm")?.Split(' ') ?? [];
        return words.Length > 2
            && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long resident)
            && long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out long shared)
            ? (resident - shared) * Environment.SystemPageSize
            : 0;
    }
}
