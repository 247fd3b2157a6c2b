using System.Globalization;

namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>Chooses the real-time signal that parks running threads: one that nobody handles, ignores or blocks.</summary>
internal static class ParkingSignal
{
    // The runtime suspends threads with the first real-time signals; counting down from the top stays clear of it.
    private const int Highest = 62;
    private const int Lowest = 40;

    /// <summary>The signals to try, best first.</summary>
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
