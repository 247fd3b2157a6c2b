using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Tests.Snapshots;

/// <summary>Reads this process as a clone is read: what is not there reads as nothing.</summary>
internal sealed class ThisProcess
{
    private readonly LinuxCalls _linux = new();

    public int Read(ulong address, Span<byte> buffer) => (int)Math.Max(0, _linux.Read(Environment.ProcessId, address, buffer));
}
