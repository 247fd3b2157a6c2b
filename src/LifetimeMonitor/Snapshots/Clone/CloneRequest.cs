using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// The memory shared by <c>make_clone.c</c>, its child, its tracer and its caller: <c>struct request</c>, followed by the
/// thread slots.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CloneRequest
{
    /// <summary>
    /// Slots for threads. A process with more threads is copied too, but the stacks of the others are not exact.
    /// </summary>
    public const int MaxThreads = 4096;

    public const int MaxRestless = 64;

    private const int TracerLength = (4 * sizeof(int)) + (16 * 1024);

    public int StopTimeoutMicroseconds;
    public int Capacity;
    public int Count;
    public int Frozen;
    public int FreezeTimeoutMicroseconds;

    /// <summary>Not 0: compares the memory that the runtime maps twice, before and after the clone.</summary>
    public int Compare;

    /// <summary>Why running threads could not be stopped: a negative errno, or 0.</summary>
    public int StopError;

    /// <summary>Not 0: signals are not blocked. Only a test sets it, to show why they are.</summary>
    public int LeaveSignals;

    /// <summary>How long the clone waits before it checks that its parent lives. Only a test sets it.</summary>
    public int LingerMicroseconds;

    /// <summary>Not 0: no blocked thread is stopped. Only a test sets it.</summary>
    public int LeaveWaiting;
    public nint Channel;

    /// <summary>Threads that woke while an earlier clone was made: they are stopped even if they are blocked.</summary>
    public int RestlessCount;
    public fixed int Restless[MaxRestless];

    /// <summary>The tracer releases the stopped threads after this time, even if the maker of the clone gave no order to.</summary>
    public int HoldLimitMicroseconds;
    public fixed byte Tracer[TracerLength];
}
