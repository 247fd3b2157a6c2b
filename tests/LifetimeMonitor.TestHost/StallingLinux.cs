using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitor.TestHost;

/// <summary>The real system calls, of which one read takes longer than anybody waits.</summary>
/// <param name="nth">Which read, counted from 1.</param>
/// <param name="end">When it ends.</param>
internal sealed class StallingLinux(int nth, WaitHandle end) : RealLinux
{
    private int _reads;

    public bool WasHit { get; private set; }

    public override nint Read(int processId, SafeFileHandle memory, ulong address, Span<byte> buffer)
    {
        if (++_reads == nth) WasHit = end.WaitOne();
        return base.Read(processId, memory, address, buffer);
    }
}
