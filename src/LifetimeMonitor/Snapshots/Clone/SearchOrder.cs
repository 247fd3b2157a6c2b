using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// The orders to a clone: <c>enum order</c> of <c>search/channel.h</c>. The words that follow an order are addresses.
/// </summary>
internal enum SearchOrder
{
    /// <summary>Return. Only tests give this order, because a clone is killed.</summary>
    Leave = 0,

    /// <summary>The numbers of segments and of attached objects in the heap.</summary>
    Heap = 1,

    /// <summary>Start and length of segments, in order.</summary>
    Segments = 2,

    /// <summary>Dependent handles: key and value, grouped by key.</summary>
    Attached = 3,

    /// <summary>Begin a new search, with the numbers of targets and cuts.</summary>
    Begin = 4,

    /// <summary>The targets.</summary>
    Targets = 5,

    /// <summary>References that are not followed: holder and held, grouped by holder.</summary>
    ExcludedEdges = 6,

    /// <summary>Roots.</summary>
    Roots = 7,

    /// <summary>Search the objects reachable from the roots.</summary>
    Run = 8,

    /// <summary>Search behind the targets, too.</summary>
    Behind = 9,

    /// <summary>The paths found (<c>paths.c</c>).</summary>
    Paths = 10,

    /// <summary>The objects reachable only through the one target, after the search of all others.</summary>
    Retained = 11,

    /// <summary>The offset of the first reference from one object to another, or -1.</summary>
    Offset = 12,

    /// <summary>Whether anything other than the given object refers to the target.</summary>
    OtherHolder = 13,

    /// <summary>Free the heap, by two threads. After that the clone can be neither asked nor read.</summary>
    Clear = 14,
}

/// <summary><c>struct channel</c> of <c>search/channel.h</c>; the words follow it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SearchHeader
{
    public const int Words = 64 * 1024;
    public const int ParentsTurn = 0;
    public const int ChildsTurn = 1;

    public int Turn;
    public SearchOrder Order;
    public SearchAnswer Answer;
    public int Stop;
    public ulong Count;
    public ulong First;
    public ulong Second;
    public ulong Visited;
    public ulong Unreadable;
    public ulong Found;
    public ulong Stopped;
    public ulong Objects;
    public ulong Bytes;
    public ulong Question;
    public ulong Reply;
    public ulong NextFound;
    public ulong NextIndex;
    public ulong MaxEntries;
    public long Parent;
    public long Memory;
    public HeapView View;
    public ulong Windows;
    public ulong LeastShared;
    public ulong Shared;
    public int Usage;
    public int Statistics;
    public ulong MemoryLimit;
    public int RanOut;
}

/// <summary>How a clone reads the heap: <c>enum heap_view</c> of <c>search/heap_windows.h</c>.</summary>
internal enum HeapView : ulong
{
    /// <summary>Through windows if that is faster.</summary>
    Measured = 0,

    /// <summary>In place; for tests.</summary>
    WithoutWindows = 1,

    /// <summary>Through windows; for tests.</summary>
    ThroughWindows = 2,
}

/// <summary><c>enum answer</c> of <c>search/channel.h</c>.</summary>
internal enum SearchAnswer
{
    None = 0,

    /// <summary>The order is carried out.</summary>
    Done = 1,

    /// <summary>The clone needs the loader allocator of a collectible type before it continues.</summary>
    Asks = 2,

    /// <summary>The system gave the clone no memory, or the heap has impossible sizes.</summary>
    NoMemory = -1,

    /// <summary>More than 32 GB of heap.</summary>
    TooLarge = -2,

    /// <summary>The clone may not read itself by a system call, and so can trust no pointer.</summary>
    NoPeek = -3,

    /// <summary>The clone did not understand the order.</summary>
    Nonsense = -4,
}
