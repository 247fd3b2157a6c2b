namespace LifetimeMonitor.Tests.Heap;

/// <summary>The real system calls; there is no more memory to be had.</summary>
internal sealed class LinuxWithoutMemory : RealLinux
{
    private const int NoMemory = 12;

    public override nint AllocateShared(nint length) => -NoMemory;
}
