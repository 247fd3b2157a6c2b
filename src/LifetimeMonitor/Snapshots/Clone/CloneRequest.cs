using System.Runtime.InteropServices;

namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>The meeting place of <c>clone.c</c>, its child and its caller: <c>struct request</c>, followed by its slots.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CloneRequest
{
    /// <summary>Slots for threads; a process with more is copied all the same, the rest of its stacks is not exact.</summary>
    public const int MaxThreads = 4096;

    public int Arrived;
    public int Left;
    public int Release;
    public int Sent;
    public int Signal;
    public int TimeoutMicroseconds;
    public int Capacity;
    public int Count;
    public int Frozen;
    public int FreezeTimeoutMicroseconds;

    /// <summary>Not 0: what the runtime shares with itself is compared, before and after the clone.</summary>
    public int Compare;

    /// <summary>Not 0: signals are not blocked. Only a test sets it, to show why they are.</summary>
    public int LeaveSignals;

    /// <summary>How long the clone takes its time before it looks after its parent. Only a test sets it.</summary>
    public int LingerMicroseconds;

    /// <summary>Not 0: who waits is not parked, whoever it is. Only a test sets it.</summary>
    public int LeaveWaiting;
    public nint Channel;
}

/// <summary><c>struct thread</c> of <c>clone.c</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CloneThread
{
    public int ThreadId;
    public int State;
    public ulong StackPointer;
    public ulong InstructionPointer;
    public ulong Context;
    public long TimeRun;
}
