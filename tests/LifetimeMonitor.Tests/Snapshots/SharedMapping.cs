using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitor.Tests.Snapshots;

/// <summary>A page of memory that a child shares, with a name in /proc/self/maps.</summary>
internal sealed unsafe partial class SharedMapping : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int Page = 4096, ReadWrite = 3, Shared = 1;

    public SharedMapping(string name)
        : base(ownsHandle: true)
    {
        int file = memfd_create(name, 0);
        Assert.True(file >= 0 && ftruncate(file, Page) == 0);
        SetHandle(mmap(0, Page, ReadWrite, Shared, file, 0));
        Assert.False(IsInvalid);
        Assert.Equal(0, close(file));
    }

    public long* Cell => (long*)handle;

    protected override bool ReleaseHandle() => munmap(handle, Page) == 0;

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
