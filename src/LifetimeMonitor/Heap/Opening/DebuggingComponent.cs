using System.Runtime.InteropServices;
using LifetimeMonitor.Snapshots;

namespace LifetimeMonitor.Heap.Opening;

/// <summary>The runtime's debugging component (DAC): the file beside the runtime that understands its data structures.</summary>
internal static class DebuggingComponent
{
    private static readonly Lazy<bool> s_isKept = new(() => NativeLibrary.TryLoad(Locate(), out _));

    /// <summary>Loads it for the life of the process: ClrMD closes it with each snapshot, and loading it anew takes milliseconds.</summary>
    public static void Keep() => _ = s_isKept.Value;

    /// <exception cref="SnapshotRefusedException">This host has none.</exception>
    public static string Locate()
    {
        string name = OperatingSystem.IsWindows() ? "mscordaccore.dll"
            : OperatingSystem.IsMacOS() ? "libmscordaccore.dylib"
            : "libmscordaccore.so";
        string path = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name);
        return File.Exists(path)
            ? path
            : throw new SnapshotRefusedException($"{name} is not beside the runtime (a single-file application has none); run the tests on an installed runtime");
    }
}
