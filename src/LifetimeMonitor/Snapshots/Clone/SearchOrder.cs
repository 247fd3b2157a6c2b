using System.Runtime.InteropServices;

namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>What a clone is told to do: <c>enum order</c> of <c>search/channel.c</c>. The words that follow an order are addresses.</summary>
internal enum SearchOrder
{
    /// <summary>Return; for tests, because a clone is killed.</summary>
    Leave = 0,

    /// <summary>A heap of so many segments and so many attached objects.</summary>
    Heap = 1,

    /// <summary>Start and length of segments, in order.</summary>
    Segments = 2,

    /// <summary>Dependent handles: key and value, those of one key together.</summary>
    Attached = 3,

    /// <summary>A new search for so many targets with so many cuts.</summary>
    Begin = 4,

    /// <summary>The targets.</summary>
    Targets = 5,

    /// <summary>References that are not followed: holder and held, those of one holder together.</summary>
    Cuts = 6,

    /// <summary>Roots.</summary>
    Roots = 7,

    /// <summary>Search what is reachable from the roots.</summary>
    Run = 8,

    /// <summary>Search behind the targets, too.</summary>
    Behind = 9,

    /// <summary>The paths found (<c>paths.c</c>).</summary>
    Paths = 10,

    /// <summary>What only the one target leads to, when all that the roots lead to without it is searched.</summary>
    Retained = 11,

    /// <summary>The offset of the first reference from one object to another, or -1.</summary>
    Offset = 12,

    /// <summary>Whether anything but the one object refers to the target.</summary>
    OtherHolder = 13,

    /// <summary>Gives the heap back, by two threads. Nothing can be asked or read of it after that.</summary>
    Clear = 14,
}

/// <summary><c>struct channel</c> of <c>search/channel.c</c>; the words follow it.</summary>
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
}

/// <summary>Whether a clone looks at the heap through windows: <c>enum heap_view</c> of <c>search/windows.c</c>.</summary>
internal enum HeapView : ulong
{
    /// <summary>Where that is quicker.</summary>
    Measured = 0,

    /// <summary>Where it lies; for tests.</summary>
    WithoutWindows = 1,

    /// <summary>Through windows; for tests.</summary>
    ThroughWindows = 2,
}

/// <summary><c>enum answer</c> of <c>search.c</c>.</summary>
internal enum SearchAnswer
{
    None = 0,

    /// <summary>The order is carried out.</summary>
    Done = 1,

    /// <summary>It wants to know the loader allocator of a collectible type before it goes on.</summary>
    Asks = 2,

    /// <summary>The system gave it no memory, or the heap is not what a heap can be.</summary>
    NoMemory = -1,

    /// <summary>More than 32 GB of heap.</summary>
    TooLarge = -2,

    /// <summary>It may not read itself by system call, and so can trust no pointer.</summary>
    NoPeek = -3,

    /// <summary>It did not understand the order.</summary>
    Nonsense = -4,
}
