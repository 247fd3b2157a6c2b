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

    // Fewer are taken back before a second thread has begun.
    private const int LeastForTwo = 8;

    // Some gigabytes, normally. Whoever waits for the findings waits for this, too.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(200);

    /// <summary>Makes them writable, by two threads where they are many. Only when the clone is gone: while it lives, each would be copied.</summary>
    public static void TakeBack(ILinux linux, IEnumerable<AddressRange> ranges)
    {
        AddressRange[] pieces = [.. ranges.SelectMany(Pieces)];
        int next = 0;
        long start = Stopwatch.GetTimestamp();
        int own = pieces.Length >= LeastForTwo && linux.Processors() > 1 ? linux.Processor() : -1;
        Thread? second = own >= 0 ? Begin(TakePiecesElsewhere) : null;
        TakePieces();
        // Beside the next clone it would copy what it was to take back.
        _ = second?.Join(s_longest);

        // By itself the system mostly begins a thread where the one is that makes it, and leaves it there for some milliseconds.
        void TakePiecesElsewhere()
        {
            linux.Avoid(own);
            TakePieces();
        }

        void TakePieces()
        {
            for (int i; (i = Interlocked.Increment(ref next) - 1) < pieces.Length && Stopwatch.GetElapsedTime(start) <= s_longest;)
            {
                // An older system cannot do it, and a collection may have given back what was there: then it is left to the faults.
                _ = linux.MakeWritable(pieces[i].Start, pieces[i].End - pieces[i].Start);
            }
        }
    }

    // Null when the system gives no thread.
    private static Thread? Begin(ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true, Name = "LifetimeMonitor shared pages" };
        try
        {
            thread.UnsafeStart();
            return thread;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            return null;
        }
    }

    private static IEnumerable<AddressRange> Pieces(AddressRange range)
    {
        ulong end = (range.End + PageSize - 1) & ~(PageSize - 1);
        for (ulong at = range.Start & ~(PageSize - 1); at < end; at += Piece) yield return new AddressRange(at, Math.Min(at + Piece, end));
    }
}
