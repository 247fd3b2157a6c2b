using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>The slots for threads that follow a request. Their length depends on the processor's registers.</summary>
internal readonly unsafe ref struct CloneThreads(CloneRequest* request)
{
    private static readonly int s_registers = NativeCode.Current?.Registers ?? 0;
    private static readonly int s_slotLength = sizeof(CloneThread) + (s_registers * sizeof(ulong));

    /// <summary>The length of a request with all its slots.</summary>
    public static nint LengthWithRequest { get; } = sizeof(CloneRequest) + (CloneRequest.MaxThreads * s_slotLength);

    public int Count => request->Count;

    public ref CloneThread this[int index] => ref *Slot(index);

    /// <summary>The threads that have not ended.</summary>
    public IReadOnlyList<ThreadCapture> Captures()
    {
        var captures = new List<ThreadCapture>(Count);
        for (int i = 0; i < Count; i++)
        {
            CloneThread* thread = Slot(i);
            var activity = (ThreadActivity)thread->State;
            if (activity == ThreadActivity.Gone) continue;
            captures.Add(new ThreadCapture(
                thread->ThreadId,
                activity,
                thread->StackPointer,
                thread->InstructionPointer,
                activity == ThreadActivity.Stopped ? Registers(thread) : []));
        }

        return captures;
    }

    private static ulong[] Registers(CloneThread* thread) =>
        new ReadOnlySpan<ulong>(thread + 1, s_registers).ToArray();

    private CloneThread* Slot(int index) => (CloneThread*)((byte*)(request + 1) + ((nint)index * s_slotLength));
}

/// <summary>
/// <c>struct thread</c> of <c>process/request.h</c>. The registers follow, in the order of the kernel's ucontext.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CloneThread
{
    public int ThreadId;
    public int State;
    public ulong StackPointer;
    public ulong InstructionPointer;
    public long TimeRun;
    public int Signal;
    public int IsTraced;
}
