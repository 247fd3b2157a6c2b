using System.Runtime.InteropServices;

namespace LifetimeMonitor.Snapshots.Dump;

/// <summary>The system calls of Linux by which a child is watched, heard and ended. They answer -1 where they fail.</summary>
internal static unsafe partial class ChildCalls
{
    public const int KillSignal = 9, PipeSignal = 13, ChildSignal = 17, ContinueSignal = 18;
    public const int AnyKindOfChild = 0x40000000; // __WALL: a child without an exit signal is not waited for otherwise
    public const int NoHang = 1;
    public const int NoChild = 10; // ECHILD
    public const int CloseOnExec = 0x80000, NonBlocking = 0x800; // of pipe2
    public const int GetDescriptorFlags = 1, SetStatusFlags = 4, DuplicateAbove = 1030; // of fcntl: F_GETFD, F_SETFL, F_DUPFD_CLOEXEC
    public const short Readable = 1, HungUp = 16; // POLLIN, POLLHUP

    // They have these numbers on every processor, and no functions in older C libraries.
    private const nint SendSignalCall = 424, OpenProcessCall = 434;

    /// <summary>A descriptor of a child, which is no other process's ever; negative before Linux 5.3.</summary>
    public static int OpenProcess(int processId) => (int)syscall(OpenProcessCall, processId, 0, 0, 0);

    public static void SendSignal(int processDescriptor, int signal) => _ = syscall(SendSignalCall, processDescriptor, signal, 0, 0);

    /// <summary>Has a child leave no core when it crashes: 1 is too small for a file and forbids a pipe, too (core(5)).</summary>
    public static void ForbidCore(int processId)
    {
        const int LimitOfCore = 4;
        ulong* limit = stackalloc ulong[2] { 1, 1 };
        _ = prlimit(processId, LimitOfCore, limit, null);
    }

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Polled
    {
        public int Descriptor;
        public short Wanted;
        public short Seen;
    }

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint syscall(nint number, nint a, nint b, nint c, nint d);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int pipe2(int* ends, int flags);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int fcntl(int descriptor, int command, nint argument);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint write(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int poll(Polled* descriptors, nuint count, int milliseconds);

    /// <summary>The same; until it returns no collection can stop the world.</summary>
    [SuppressGCTransition]
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int PollWithoutCollections(Polled* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int waitpid(int processId, int* status, int options);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int kill(int processId, int signal);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int prctl(int option, nint a, nint b, nint c, nint d);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int prlimit(int processId, int resource, ulong* limit, ulong* old);
}
