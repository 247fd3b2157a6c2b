using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>Reads this process as a clone is read: reading a missing address returns nothing.</summary>
internal static class ThisProcess
{
    private static readonly LinuxCalls s_linux = new();
    private static readonly SafeFileHandle s_memory = s_linux.OpenMemory(Environment.ProcessId);

    public static int Read(ulong address, Span<byte> buffer) =>
        (int)Math.Max(0, s_linux.Read(Environment.ProcessId, s_memory, address, buffer));
}
