using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>Maps our machine code into this process; it is never unmapped.</summary>
internal static partial class ExecutableMemory
{
    /// <exception cref="SnapshotRefusedException">The system does not allow it.</exception>
    public static nint Map(ReadOnlySpan<byte> code)
    {
        const int Read = 1, Write = 2, Execute = 4, PrivateAnonymous = 0x22;
        nint memory = mmap(0, code.Length, Read | Write, PrivateAnonymous, -1, 0);
        if (memory == -1)
            throw new SnapshotRefusedException(
                $"the system gives no memory for our code (mmap: errno {Marshal.GetLastPInvokeError()})");
        Marshal.Copy(code.ToArray(), 0, memory, code.Length);
        // On arm64 the processor does not see new instructions by itself. The kernel sees to it when a page becomes
        // executable, so the page must not be executable before.
        if (mprotect(memory, code.Length, Read | Execute) != 0)
            throw new SnapshotRefusedException(
                $"the system forbids executable memory (mprotect: errno {Marshal.GetLastPInvokeError()})");
        return memory;
    }

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int mprotect(nint address, nint length, int protection);
}
