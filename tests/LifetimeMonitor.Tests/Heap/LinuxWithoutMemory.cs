namespace LifetimeMonitoring.Tests.Heap;

/// <summary>The real system calls, except that the system has no more memory.</summary>
internal sealed class LinuxWithoutMemory : RealLinux
{
    private const int NoMemory = 12;

    public override nint AllocateShared(nint length) => -NoMemory;
}
