using System.Diagnostics;

namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>
/// Pages of ours that a clone has shared. That nobody shares a page any more the system notices at the next write to it, by a fault; and the
/// next full collection writes to all of a heap. Taken back all at once they cost a small part of that.
/// </summary>
/// <param name="linux">The system.</param>
/// <param name="ranges">Where they are.</param>
internal sealed class SharedPages(ILinux linux, IEnumerable<AddressRange> ranges)
{
    private const ulong PageSize = 4096;

    // While the system is at it, nobody can map memory: a few hundred microseconds.
    private const ulong Piece = 4 * 1024 * 1024;

    // Fewer are taken back before a second thread has begun.
    private const int LeastForTwo = 8;

    // Some gigabytes, normally. Whoever waits for the findings waits for this, too.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(200);
    private readonly object _gate = new();
    private readonly AddressRange[] _pieces = [.. ranges.SelectMany(Pieces)];
    private Thread? _second;
    private bool _mayBegin;
    private long _start;
    private int _next;

    /// <summary>Whether they are so many that two threads are quicker, and may be.</summary>
    public bool AreForTwo { get; } = ranges.SelectMany(Pieces).Count() >= LeastForTwo && linux.Processors() > 1;

    /// <summary>
    /// Begins a second thread where they are many, which waits to be told to go on. To be called while the clone ends: to begin a thread takes a while, too, and
    /// beside a busy one it mostly waits for its processor, though another has nothing to do.
    /// </summary>
    public void Prepare()
    {
        int own = AreForTwo ? linux.Processor() : -1;
        if (own >= 0) _second = Begin(TakePiecesElsewhere);

        void TakePiecesElsewhere()
        {
            linux.Avoid(own);
            lock (_gate)
            {
                while (!_mayBegin) _ = Monitor.Wait(_gate);
            }

            TakePieces();
        }
    }

    /// <summary>Makes them writable, if the clone is gone; while it lives, each would be copied. Once it has returned nothing more is done.</summary>
    public void TakeBack(bool isCloneGone)
    {
        if (!isCloneGone) _next = _pieces.Length;
        _start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            _mayBegin = true;
            Monitor.PulseAll(_gate);
        }

        TakePieces();
        // Beside the next clone it would copy what it was to take back.
        _ = _second?.Join(s_longest);
    }

    private void TakePieces()
    {
        for (int i; (i = Interlocked.Increment(ref _next) - 1) < _pieces.Length && Stopwatch.GetElapsedTime(_start) <= s_longest;)
        {
            // An older system cannot do it, and a collection may have given back what was there: then it is left to the faults.
            _ = linux.MakeWritable(_pieces[i].Start, _pieces[i].End - _pieces[i].Start);
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
