using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>A page of memory that a child process shares, with a name in /proc/self/maps.</summary>
internal sealed unsafe partial class SharedMapping : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int Page = 4096, ReadWrite = 3, Shared = 1;

    private readonly int _file;

    /// <param name="name">The name of the page.</param>
    /// <param name="isLeftOpen">Whether the file stays open, as the runtime's own does.</param>
    public SharedMapping(string name, bool isLeftOpen = false)
        : base(ownsHandle: true)
    {
        _file = memfd_create(name, 0);
        // Not at the beginning of the file.
        Assert.True(_file >= 0 && ftruncate(_file, 2 * Page) == 0);
        SetHandle(mmap(0, Page, ReadWrite, Shared, _file, Page));
        Assert.False(IsInvalid);
        if (isLeftOpen) return;
        Assert.Equal(0, close(_file));
        _file = -1;
    }

    public long* Cell => (long*)handle;

    protected override bool ReleaseHandle() => munmap(handle, Page) == 0 && (_file < 0 || close(_file) == 0);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ftruncate(int file, nint length);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int munmap(nint memory, nint length);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int file);
}
