using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>Takes words that are valid until it returns.</summary>
internal delegate void TakeWords(ReadOnlySpan<ulong> words);

/// <summary>
/// Memory shared with a clone, through which we order it to search itself (<c>search/service.c</c>): one order at a time,
/// and we wait for each. A clone that dies, or ignores the request to stop, ends the search with an exception, never
/// silently.
/// </summary>
internal sealed unsafe class SearchChannel : IDisposable
{
    public const string RanOut =
        "the memory of the container was nearly used up, so the copy was given up; raise its memory limit";

    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_graceAfterStop = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestToClear = TimeSpan.FromMilliseconds(100);
    private readonly ILinux _linux;
    private readonly ChannelMemory _memory;
    private readonly SearchHeader* _header;
    private readonly Func<bool> _isServed;
    private Func<ulong, ulong> _loaderAllocatorOf = _ => 0;
    private Action? _whileBusy;

    /// <param name="linux">The system calls.</param>
    /// <param name="memory">The memory that the clone inherited; the channel disposes it.</param>
    /// <param name="heap">A descriptor of the clone's memory, which the clone shares; null for none.</param>
    /// <param name="isServed">Whether the process that answers still lives.</param>
    public SearchChannel(ILinux linux, ChannelMemory memory, SafeFileHandle? heap, Func<bool> isServed)
    {
        _linux = linux;
        _memory = memory;
        _header = memory.Header;
        _isServed = isServed;
        if (heap is { IsInvalid: false }) _header->Memory = heap.DangerousGetHandle();
    }

    public nint Address => (nint)_header;

    /// <summary>Whether the clone ended itself before the memory limit of the container was reached.</summary>
    public bool HasRunOut => Volatile.Read(ref _header->RanOut) != 0;

    /// <summary>The result of the last order.</summary>
    public ref readonly SearchHeader Result => ref *_header;

    /// <summary>The words of the last answer, valid until the next order.</summary>
    public ReadOnlySpan<ulong> Words => new(_header + 1, (int)Math.Min(_header->Count, SearchHeader.Words));

    /// <summary>
    /// Describes the heap, with which every search begins: <see cref="SearchOrder.Heap"/>, its segments and attached
    /// objects.
    /// </summary>
    /// <param name="heap">The heap.</param>
    /// <exception cref="SearchLostException">There is no answer.</exception>
    public void Describe(HeapDescription heap)
    {
        _loaderAllocatorOf = heap.LoaderAllocatorOf;
        _header->MaxEntries = (ulong)heap.MaxEntries;
        Give(SearchOrder.Heap, (ulong)heap.SegmentCount, (ulong)heap.AttachedCount);
        Give(SearchOrder.Segments, heap.Segments);
        Give(SearchOrder.Attached, heap.Attached);
    }

    /// <summary>Does some work, once, while the clone carries out an order that takes longer than a moment.</summary>
    public void DoWhileBusy(Action work) => _whileBusy = work;

    /// <summary>Gives an order without words and waits until it is carried out.</summary>
    /// <exception cref="SearchLostException">There is no answer.</exception>
    public void Give(SearchOrder order, ulong first = 0, ulong second = 0, CancellationToken stop = default) =>
        Give(order, [], first, second, stop);

    /// <summary>Gives an order with words, in as many pieces as needed, at least one.</summary>
    /// <param name="order">The order.</param>
    /// <param name="words">Addresses that go with it.</param>
    /// <param name="first">An argument.</param>
    /// <param name="second">Another one.</param>
    /// <param name="stop">Tells the clone to end before everything is seen.</param>
    /// <exception cref="SearchLostException">There is no answer.</exception>
    public void Give(
        SearchOrder order,
        IEnumerable<ulong> words,
        ulong first = 0,
        ulong second = 0,
        CancellationToken stop = default)
    {
        var space = new Span<ulong>(_header + 1, SearchHeader.Words);
        int count = 0;
        foreach (ulong word in words)
        {
            if (count == space.Length)
            {
                Send(order, count, first, second, stop);
                count = 0;
            }

            space[count++] = word;
        }

        Send(order, count, first, second, stop);
    }

    /// <summary>The paths found, in pieces (<c>paths.c</c>).</summary>
    /// <param name="known">How many of the paths are known already.</param>
    /// <param name="take">Takes the words of a piece.</param>
    /// <param name="stop">Cuts long paths short.</param>
    public void Paths(int known, TakeWords take, CancellationToken stop = default)
    {
        (_header->NextFound, _header->NextIndex) = ((ulong)known, 0);
        while (Result.NextFound < Result.Found)
        {
            Give(SearchOrder.Paths, stop: stop);
            take(Words);
        }
    }

    /// <summary>
    /// Has the clone free its heap. Two of its threads do that twice as fast as the system does when it ends the clone.
    /// We wait only briefly: the caller ends the clone next, with or without an answer.
    /// </summary>
    public void Clear()
    {
        // A clone that still searches, or died, does not answer.
        if (Volatile.Read(ref _header->Turn) == SearchHeader.ChildsTurn || !_isServed()) return;
        _header->Order = SearchOrder.Clear;
        GiveTurn();
        _linux.Sleep(&_header->Turn, SearchHeader.ChildsTurn, s_longestToClear);
    }

    public void Dispose() => _memory.Dispose();

    private void Send(SearchOrder order, int count, ulong first, ulong second, CancellationToken stop)
    {
        (_header->Order, _header->Count, _header->First, _header->Second) = (order, (ulong)count, first, second);
        _header->Stop = stop.IsCancellationRequested ? 1 : 0;
        GiveTurn();
        DoMeanwhile();
        while (true)
        {
            WaitForTurn(stop);
            if (_header->Answer != SearchAnswer.Asks) break;
            _header->Reply = _loaderAllocatorOf(_header->Question);
            GiveTurn();
        }

        if (_header->Answer != SearchAnswer.Done) throw new SearchLostException(Explain(_header->Answer));
    }

    private void GiveTurn()
    {
        Volatile.Write(ref _header->Turn, SearchHeader.ChildsTurn);
        _linux.Wake(&_header->Turn);
    }

    private void DoMeanwhile()
    {
        if (_whileBusy is not { } work) return;
        _linux.Sleep(&_header->Turn, SearchHeader.ChildsTurn, s_moment);
        if (Volatile.Read(ref _header->Turn) != SearchHeader.ChildsTurn) return;
        _whileBusy = null;
        work();
    }

    private void WaitForTurn(CancellationToken stop)
    {
        long stopped = 0;
        while (Volatile.Read(ref _header->Turn) == SearchHeader.ChildsTurn)
        {
            _linux.Sleep(&_header->Turn, SearchHeader.ChildsTurn, s_betweenLooks);
            if (Volatile.Read(ref _header->Turn) != SearchHeader.ChildsTurn) return;
            if (!_isServed()) throw Lost();
            if (!stop.IsCancellationRequested) continue;
            Volatile.Write(ref _header->Stop, 1);
            if (stopped == 0) stopped = Environment.TickCount64;
            if (Environment.TickCount64 - stopped > s_graceAfterStop.TotalMilliseconds)
                throw new SearchLostException("the clone did not answer");
        }
    }

    // A second clone would use up the memory, too.
    private Exception Lost() => HasRunOut
        ? new SnapshotRefusedException(RanOut)
        : new SearchLostException("the clone died in it: its memory was corrupted, or the system killed the clone");

    private static string Explain(SearchAnswer answer) => answer switch
    {
        SearchAnswer.NoMemory => "the system gave the clone no memory for it",
        SearchAnswer.TooLarge => "the heap is larger than 32 GB",
        SearchAnswer.NoPeek => "it could not read its own memory by a system call",
        _ => $"the clone answered {(int)answer}",
    };
}

/// <summary>A heap for a clone that searches itself.</summary>
/// <param name="SegmentCount">The number of segments.</param>
/// <param name="Segments">Start and length of each, in order.</param>
/// <param name="AttachedCount">The number of values of dependent handles.</param>
/// <param name="Attached">Key and value of each, grouped by key.</param>
/// <param name="MaxEntries">The most objects that a search may have in its queue.</param>
/// <param name="LoaderAllocatorOf">
/// Answers the question that only the runtime's debugging component (DAC) can: the loader allocator of a collectible
/// type.
/// </param>
internal sealed record HeapDescription(
    int SegmentCount,
    IEnumerable<ulong> Segments,
    int AttachedCount,
    IEnumerable<ulong> Attached,
    long MaxEntries,
    Func<ulong, ulong> LoaderAllocatorOf);
