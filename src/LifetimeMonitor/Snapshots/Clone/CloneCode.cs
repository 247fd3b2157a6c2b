using System.Runtime.InteropServices;

namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>The bytes of <c>clone.c</c>, mapped executable once; they stay, because the signal handler in them stays installed.</summary>
internal static partial class CloneCode
{
    private static readonly Lazy<nint> s_entryPoint = new(Map);

    /// <summary>Where <c>clone_process</c> begins.</summary>
    public static nint EntryPoint => s_entryPoint.Value;

    /// <summary>Where <c>serve</c> begins: the search, without a clone.</summary>
    public static nint SearchEntryPoint => s_entryPoint.Value + 16;

    internal static byte[] Bytes()
    {
        using Stream stream = typeof(CloneCode).Assembly.GetManifestResourceStream("clone.linux-x64.bin")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static nint Map()
    {
        const int Read = 1, Write = 2, Execute = 4, PrivateAnonymous = 0x22;
        byte[] bytes = Bytes();
        nint memory = mmap(0, bytes.Length, Read | Write, PrivateAnonymous, -1, 0);
        if (memory == -1) throw new SnapshotRefusedException($"the system gives no memory for the clone's code (mmap: errno {Marshal.GetLastPInvokeError()})");
        Marshal.Copy(bytes, 0, memory, bytes.Length);
        if (mprotect(memory, bytes.Length, Read | Execute) != 0)
            throw new SnapshotRefusedException($"the system forbids executable memory (mprotect: errno {Marshal.GetLastPInvokeError()})");
        return memory;
    }

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int mprotect(nint address, nint length, int protection);
}
