namespace LifetimeMonitoring.Snapshots;

/// <summary>Where a thread stood when the copy was made.</summary>
/// <param name="ThreadId">The operating system's thread id.</param>
/// <param name="Activity">How the stack pointer is known.</param>
/// <param name="StackPointer">Lowest address of the live part of its stack; 0 when it is not known.</param>
/// <param name="InstructionPointer">Where it continues; 0 when it is not known.</param>
/// <param name="Registers">The general registers of a stopped thread, in the kernel's order; empty otherwise.</param>
internal sealed record ThreadCapture(
    int ThreadId,
    ThreadActivity Activity,
    ulong StackPointer,
    ulong InstructionPointer,
    ulong[] Registers)
{
    /// <summary>The threads by their ids.</summary>
    public static Dictionary<int, ThreadCapture> ById(IEnumerable<ThreadCapture> threads)
    {
        var byId = new Dictionary<int, ThreadCapture>();
        foreach (ThreadCapture thread in threads) byId[thread.ThreadId] = thread;
        return byId;
    }
}

/// <summary>How a thread's registers were read. The values are those of <c>process/request.h</c>.</summary>
internal enum ThreadActivity
{
    /// <summary>It ended while the copy was made.</summary>
    Gone = 0,

    /// <summary>It was blocked in the kernel before and after; its stack is exact.</summary>
    Blocked = 1,

    /// <summary>It was running, and must be stopped.</summary>
    Stopping = 2,

    /// <summary>It was running and was stopped; its stack and registers are exact.</summary>
    Stopped = 3,

    /// <summary>It moved while the copy was made, or did not stop in time; its stack may be incomplete.</summary>
    Moved = 4,

    /// <summary>The system does not report it.</summary>
    Unknown = 5,
}
