using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.TestHost;

/// <summary>The real system calls, except that one read takes longer than any wait.</summary>
/// <param name="nth">The number of the read, from 1.</param>
/// <param name="end">Ends the read.</param>
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
