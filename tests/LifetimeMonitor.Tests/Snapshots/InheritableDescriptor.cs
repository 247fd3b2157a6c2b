using System.Runtime.InteropServices;

namespace LifetimeMonitor.Tests.Snapshots;

/// <summary>Descriptors that other programs inherit, as native code opens them that does not think of it.</summary>
internal static partial class InheritableDescriptor
{
    public static int Of(SafeHandle file) => dup(file);

    public static void Close(int descriptor) => _ = close(descriptor);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int dup(SafeHandle file);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int descriptor);
}
