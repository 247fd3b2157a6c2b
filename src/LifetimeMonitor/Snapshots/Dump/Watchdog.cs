using System.Runtime.InteropServices;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>
/// Ends createdump at the deadline, even while it has stopped all our threads, and continues us if its end leaves us
/// stopped (<c>watchdog.c</c>). Without native code for the processor there is none: then all threads stand still
/// until createdump ends by itself.
/// </summary>
internal sealed unsafe class Watchdog : IDisposable
{
    // A failure is not cached: there may be enough memory next time.
    private static readonly Lazy<nint> s_entryPoint =
        new(() => ExecutableMemory.Map(NativeCode.Current!.Bytes("watchdog")), LazyThreadSafetyMode.PublicationOnly);
    private readonly Watched* _watched;
    private readonly int _processId;

    private Watchdog(Watched* watched, int processId)
    {
        _watched = watched;
        _processId = processId;
    }

    /// <summary>Starts a watchdog that watches until it is disposed; null if there is none.</summary>
    /// <param name="process">The process that it ends.</param>
    /// <param name="left">The time until then.</param>
    public static Watchdog? Over(SpawnedProcess process, TimeSpan left)
    {
        if (NativeCode.Current is null) return null;
        var watched = (Watched*)NativeMemory.AllocZeroed((nuint)sizeof(Watched));
        *watched = new Watched
        {
            LeftMicroseconds = left.Ticks / TimeSpan.TicksPerMicrosecond,
            Process = process.ProcessId,
            ProcessDescriptor = process.Descriptor,
            Parent = Environment.ProcessId,
        };
        int processId = Start(watched);
        if (processId > 0) return new Watchdog(watched, processId);
        NativeMemory.Free(watched);
        return null;
    }

    public void Dispose()
    {
        _ = ChildCalls.kill(_processId, ChildCalls.KillSignal);
        // The watchdog holds nothing that could delay its end; only a signal to this thread ends the wait early.
        while (ChildCalls.waitpid(_processId, null, ChildCalls.AnyKindOfChild) < 0
            && Marshal.GetLastPInvokeError() != ChildCalls.NoChild)
        {
        }

        NativeMemory.Free(_watched);
    }

    private static int Start(Watched* watched)
    {
        try
        {
            return ((delegate* unmanaged<Watched*, int>)s_entryPoint.Value)(watched);
        }
        catch (SnapshotRefusedException)
        {
            return -1; // No memory can be made executable.
        }
    }
}

/// <summary><c>struct watched</c> of <c>process/watchdog.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Watched
{
    private const int StackLength = 8 * 1024;

    public long LeftMicroseconds;
    public int Process;
    public int ProcessDescriptor;
    public int Parent;
    public int Padding;
    public long DeadlineMicroseconds;
    public fixed byte Stack[StackLength];
}
