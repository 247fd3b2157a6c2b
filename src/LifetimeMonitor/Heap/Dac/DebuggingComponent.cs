using System.Runtime.InteropServices;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>The runtime's debugging component (DAC): the file beside it that knows its data structures.</summary>
internal static class DebuggingComponent
{
    private static readonly Lazy<bool> s_isKept = new(() => NativeLibrary.TryLoad(Locate(), out _));

    // The guard is native code, as that which makes clones.
    private static readonly Lazy<Mapping?> s_code = new(() => NativeCode.Current is null ? null : FindCode());

    /// <summary>Keeps it loaded: ClrMD unloads it with each snapshot, and loading it anew takes milliseconds.</summary>
    public static void Keep() => _ = s_isKept.Value;

    /// <summary>
    /// Guards this thread against a crash of the DAC until the same thread disposes the guard; null where that is
    /// impossible.
    /// </summary>
    public static CrashGuard? Guard() => s_code.Value is { } code ? CrashGuard.Enter(code.Start, code.End) : null;

    /// <exception cref="SnapshotRefusedException">This host has none.</exception>
    public static string Locate()
    {
        string name = OperatingSystem.IsWindows() ? "mscordaccore.dll"
            : OperatingSystem.IsMacOS() ? "libmscordaccore.dylib"
            : "libmscordaccore.so";
        string path = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name);
        return File.Exists(path)
            ? path
            : throw new SnapshotRefusedException(
                $"{name} is not beside the runtime (a single-file application has none); "
                + "run the tests on an installed runtime");
    }

    private static Mapping? FindCode()
    {
        try
        {
            string path = Locate();
            Keep();
            return Mapping.Of(File.ReadLines("/proc/self/maps").Where(l => l.EndsWith(path, StringComparison.Ordinal)))
                .FirstOrDefault(m => m.Permissions[2] == 'x');
        }
        catch (Exception e) when (e is SnapshotRefusedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
