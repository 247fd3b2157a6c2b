using System.Diagnostics;

namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>
/// Pages of ours that a clone has shared. That nobody shares a page any more the system notices at the next write to it, by a fault; and the
/// next full collection writes to all of a heap. Taken back all at once they cost a small part of that.
/// </summary>
internal static class SharedPages
{
    private const ulong PageSize = 4096;

    // While the system is at it, nobody can map memory: a few hundred microseconds.
    private const ulong Piece = 4 * 1024 * 1024;

    // Some gigabytes, normally. Whoever waits for the findings waits for this, too.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(200);

    /// <summary>Makes them writable. Only when the clone is gone: while it lives, each would be copied.</summary>
    public static void TakeBack(ILinux linux, IEnumerable<AddressRange> ranges)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (AddressRange piece in ranges.SelectMany(Pieces))
        {
            // An older system cannot do it, and a collection may have given back what was there: then it is left to the faults.
            _ = linux.MakeWritable(piece.Start, piece.End - piece.Start);
            if (Stopwatch.GetElapsedTime(start) > s_longest) return;
        }
    }

    private static IEnumerable<AddressRange> Pieces(AddressRange range)
    {
        ulong end = (range.End + PageSize - 1) & ~(PageSize - 1);
        for (ulong at = range.Start & ~(PageSize - 1); at < end; at += Piece) yield return new AddressRange(at, Math.Min(at + Piece, end));
    }
}
