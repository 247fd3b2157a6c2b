using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Tests.House;

/// <summary>The real system calls; counts what is read out of clones.</summary>
internal sealed class CountingLinux : RealLinux
{
    public long BytesRead { get; private set; }

    public override nint Read(int processId, SafeFileHandle memory, ulong address, Span<byte> buffer)
    {
        nint read = base.Read(processId, memory, address, buffer);
        BytesRead += Math.Max(read, 0);
        return read;
    }
}
