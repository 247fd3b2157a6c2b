using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>Descriptors that other programs inherit, as native code without O_CLOEXEC opens them.</summary>
internal static partial class InheritableDescriptor
{
    public static int Of(SafeHandle file) => dup(file);

    public static void Close(int descriptor) => _ = close(descriptor);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int dup(SafeHandle file);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int descriptor);
}
