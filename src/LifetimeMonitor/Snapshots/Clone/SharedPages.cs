using System.Diagnostics;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// Pages of ours that a clone has shared. The system notices only at the next write to a page, by a page fault, that
/// the page is no longer shared; and the next full collection writes to the whole heap. Taking back all pages at once
/// costs a small part of that.
/// </summary>
/// <param name="linux">The system calls.</param>
/// <param name="ranges">The memory ranges of the pages.</param>
internal sealed class SharedPages(ILinux linux, IEnumerable<AddressRange> ranges)
{
    private static readonly ulong s_pageSize = (ulong)Environment.SystemPageSize;

    // While the system works on a piece, no thread can map memory: a few hundred microseconds.
    private const ulong Piece = 4 * 1024 * 1024;

    // Fewer pieces are done before a second thread has started.
    private const int LeastForTwo = 8;

    // Normally enough for some gigabytes. The thread that waits for the findings waits for this, too.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(200);
    private readonly Gate _gate = new();
    private readonly AddressRange[] _pieces = [.. ranges.SelectMany(Pieces)];
    private Thread? _second;
    private bool _mayBegin;
    private long _start;
    private int _next;

    /// <summary>Whether there are so many pages that two threads are faster, and more than one processor.</summary>
    public bool AreForTwo { get; } = ranges.SelectMany(Pieces).Count() >= LeastForTwo && linux.Processors() > 1;

    /// <summary>
    /// Starts a second thread if there are many pages; it waits for <see cref="TakeBack"/>. Call this while the clone
    /// ends: starting a thread takes a while, too, and beside a busy thread it usually waits for that thread's
    /// processor, even if another one is idle.
    /// </summary>
    public void Prepare()
    {
        int own = AreForTwo ? linux.Processor() : -1;
        if (own >= 0) _second = Begin(TakePiecesElsewhere);

        void TakePiecesElsewhere()
        {
            linux.Avoid(own);
            using (_gate.Enter()) _ = _gate.Wait(() => _mayBegin, TimeSpan.MaxValue);

            TakePieces();
        }
    }

    /// <summary>
    /// Makes the pages writable if the clone is gone; while it lives, each page would be copied. After it returns,
    /// nothing more is done.
    /// </summary>
    public void TakeBack(bool isCloneGone)
    {
        if (!isCloneGone) _next = _pieces.Length;
        _start = Stopwatch.GetTimestamp();
        using (_gate.Enter()) _mayBegin = true;
        _gate.Wake();

        TakePieces();
        // A second thread that still ran beside the next clone would copy the pages instead.
        _ = _second?.Join(s_longest);
    }

    private void TakePieces()
    {
        for (int i; (i = Interlocked.Increment(ref _next) - 1) < _pieces.Length
            && Stopwatch.GetElapsedTime(_start) <= s_longest;)
        {
            // This fails on an older system, or if a collection has freed the memory. Then page faults do the work.
            _ = linux.MakeWritable(_pieces[i].Start, _pieces[i].End - _pieces[i].Start);
        }
    }

    // Null if the system gives no thread.
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
        ulong end = (range.End + s_pageSize - 1) & ~(s_pageSize - 1);
        for (ulong at = range.Start & ~(s_pageSize - 1); at < end; at += Piece)
            yield return new AddressRange(at, Math.Min(at + Piece, end));
    }
}
