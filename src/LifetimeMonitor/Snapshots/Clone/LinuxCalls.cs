using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>The real system calls.</summary>
internal sealed unsafe partial class LinuxCalls : ILinux
{
    private const int NoSuchProcess = 3;
    private const int InputOutputError = 5;
    private const int BadAddress = 14;
    private const int InvalidArgument = 22;
    private const int KillSignal = 9;
    private const int NoHang = 1;
    private const int Exited = 4;
    private const int LeaveIt = 0x01000000; // WNOWAIT
    private const int PopulateWrite = 23; // MADV_POPULATE_WRITE, since Linux 5.14
    private const long FutexWait = 0;
    private const long FutexWake = 1;
    private const int AnyKindOfChild = 0x40000000; // __WALL: needed to wait for a child without an exit signal

    // Without native code for the processor nothing calls them.
    private static readonly long s_threadIdCall = NativeCode.Current?.ThreadIdCall ?? -1;
    private static readonly long s_futexCall = NativeCode.Current?.FutexCall ?? -1;

    public int Clone(CloneRequest* request) =>
        ((delegate* unmanaged[SuppressGCTransition]<CloneRequest*, int>)CloneCode.EntryPoint)(request);

    public int Kill(int processId) => kill(processId, KillSignal) == 0 ? 0 : -Marshal.GetLastPInvokeError();

    public int Reap(int processId, bool wait)
    {
        int status;
        int reaped = waitpid(processId, &status, wait ? AnyKindOfChild : AnyKindOfChild | NoHang);
        return reaped >= 0 ? reaped : -Marshal.GetLastPInvokeError();
    }

    public Stream Open(string file) =>
        new FileStream(file, new FileStreamOptions { Share = FileShare.ReadWrite, BufferSize = 0 });

    public bool IsAlive(int processId)
    {
        const int ByProcessId = 1, SignalInfoLength = 128;
        byte* information = stackalloc byte[SignalInfoLength];
        new Span<byte>(information, SignalInfoLength).Clear();
        int result = waitid(ByProcessId, processId, information, AnyKindOfChild | Exited | NoHang | LeaveIt);
        return result == 0 && *(int*)information == 0; // No signal number: the child has not ended.
    }

    public SafeFileHandle OpenMemory(int processId)
    {
        try
        {
            SafeFileHandle memory = File.OpenHandle($"/proc/{processId}/mem");
            // A sandbox may have the file without content. So we read our own code, which is in every process of ours.
            long word;
            if (ReadFile(memory, (ulong)CloneCode.EntryPoint, (byte*)&word, sizeof(long)) == sizeof(long))
                return memory;
            memory.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the system call reads the memory.
        }

        return new SafeFileHandle(-1, ownsHandle: false);
    }

    public nint Read(int processId, SafeFileHandle memory, ulong address, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
            return memory.IsInvalid
                ? ReadByCall(processId, address, start, buffer.Length)
                : ReadFile(memory, address, start, buffer.Length);
    }

    private static nint ReadByCall(int processId, ulong address, byte* start, int length)
    {
        var local = new IoVector { Start = (nuint)start, Length = (nuint)length };
        var remote = new IoVector { Start = (nuint)address, Length = (nuint)length };
        nint read = process_vm_readv(processId, &local, 1, &remote, 1, 0);
        return read >= 0 ? read : -Marshal.GetLastPInvokeError();
    }

    // For unmapped memory the file returns EIO, or EINVAL where nothing can be mapped; the call returns EFAULT for
    // both. For an ended process the file is empty, and the call returns ESRCH.
    private static nint ReadFile(SafeFileHandle memory, ulong address, byte* start, int length)
    {
        nint read = pread(memory, start, length, (nint)address);
        if (read > 0 || length == 0) return read;
        if (read == 0) return -NoSuchProcess;
        int error = Marshal.GetLastPInvokeError();
        return error is InputOutputError or InvalidArgument ? -BadAddress : -error;
    }

    public nint AllocateShared(nint length)
    {
        const int ReadWrite = 3, SharedAnonymous = 0x21;
        nint memory = mmap(0, length, ReadWrite, SharedAnonymous, -1, 0);
        return memory == -1 ? -Marshal.GetLastPInvokeError() : memory;
    }

    public void FreeShared(nint memory, nint length) => _ = munmap(memory, length);

    public int MakeWritable(ulong start, ulong length) =>
        madvise((nint)start, (nint)length, PopulateWrite) == 0 ? 0 : -Marshal.GetLastPInvokeError();

    public int ThreadId() => (int)syscall(s_threadIdCall, null, 0, 0, null);

    public int Processors() => Environment.ProcessorCount;

    public int Processor() => sched_getcpu();

    public void Avoid(int processor)
    {
        const int MostProcessors = 1024;
        byte* allowed = stackalloc byte[MostProcessors / 8];
        if (processor is < 0 or >= MostProcessors || sched_getaffinity(0, MostProcessors / 8, allowed) != 0) return;
        allowed[processor / 8] &= (byte)~(1 << (processor % 8));
        _ = sched_setaffinity(0, MostProcessors / 8, allowed);
    }

    public void Sleep(int* word, int value, TimeSpan limit)
    {
        long* time = stackalloc long[2] { (long)limit.TotalSeconds, limit.Ticks % TimeSpan.TicksPerSecond * 100 };
        _ = syscall(s_futexCall, word, FutexWait, value, time);
    }

    public void Wake(int* word) => _ = syscall(s_futexCall, word, FutexWake, int.MaxValue, null);

    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public nuint Start;
        public nuint Length;
    }

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint process_vm_readv(
        int pid, IoVector* local, nuint localCount, IoVector* remote, nuint remoteCount, nuint flags);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint pread(SafeFileHandle file, void* buffer, nint count, nint offset);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int waitpid(int pid, int* status, int options);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int munmap(nint memory, nint length);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int madvise(nint memory, nint length, int advice);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sched_getcpu();

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sched_getaffinity(int thread, nint length, byte* processors);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sched_setaffinity(int thread, nint length, byte* processors);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int waitid(int kind, int id, byte* information, int options);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long syscall(long number, int* word, long operation, long value, long* time);
}
