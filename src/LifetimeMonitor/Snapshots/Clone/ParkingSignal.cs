using System.Globalization;

namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>Chooses the real-time signal that parks running threads: one that nobody handles, ignores or blocks.</summary>
internal static class ParkingSignal
{
    // The runtime suspends threads with the first real-time signals; counting down from the top stays clear of it.
    private const int Highest = 62;
    private const int Lowest = 40;

    // Our handler stays installed for the life of the process, and to the system it then looks like anybody's.
    private static volatile int s_ours;

    /// <summary>The signals to try, best first: the one that is ours already, then those that are free.</summary>
    public static IEnumerable<int> Candidates(ILinux linux)
    {
        if (s_ours != 0) yield return s_ours;
        foreach (int signal in Candidates(linux.ReadLines("/proc/self/status"))) yield return signal;
    }

    /// <summary>Our handler is installed for the signal.</summary>
    public static void Remember(int signal) => s_ours = signal;

    /// <summary>The signals that are free according to a process's /proc/&lt;pid&gt;/status.</summary>
    public static IEnumerable<int> Candidates(IEnumerable<string> processStatus)
    {
        ulong taken = 0;
        foreach (string line in processStatus)
        {
            if (line.StartsWith("SigBlk:", StringComparison.Ordinal)
                || line.StartsWith("SigIgn:", StringComparison.Ordinal)
                || line.StartsWith("SigCgt:", StringComparison.Ordinal))
            {
                taken |= ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            }
        }

        for (int signal = Highest; signal >= Lowest; signal--)
        {
            if ((taken & (1UL << (signal - 1))) == 0) yield return signal;
        }
    }
}
