using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>The Linux system calls that watch, read and end a child. They return -1 if they fail.</summary>
internal static unsafe partial class ChildCalls
{
    public const int KillSignal = 9, PipeSignal = 13, ChildSignal = 17, ContinueSignal = 18;
    public const int AnyKindOfChild = 0x40000000; // __WALL: needed to wait for a child without an exit signal
    public const int NoHang = 1;
    public const int NoChild = 10; // ECHILD
    public const int CloseOnExec = 0x80000, NonBlocking = 0x800; // of pipe2
    // Of fcntl: F_GETFD, F_SETFL, F_DUPFD_CLOEXEC.
    public const int GetDescriptorFlags = 1, SetStatusFlags = 4, DuplicateAbove = 1030;
    public const short Readable = 1, HungUp = 16; // POLLIN, POLLHUP

    // The numbers are the same on every processor; older C libraries have no functions for these calls.
    private const nint SendSignalCall = 424, OpenProcessCall = 434;

    /// <summary>A descriptor of a child, which never refers to another process; negative before Linux 5.3.</summary>
    public static int OpenProcess(int processId) => (int)syscall(OpenProcessCall, processId, 0, 0, 0);

    public static void SendSignal(int processDescriptor, int signal) =>
        _ = syscall(SendSignalCall, processDescriptor, signal, 0, 0);

    /// <summary>
    /// Makes a child leave no core when it crashes: 1 is too small for a file and also forbids a pipe (core(5)).
    /// </summary>
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

    /// <summary>poll(2) again, without a transition: no collection can stop the world until it returns.</summary>
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
