using System.Runtime.InteropServices;
using LifetimeMonitor.Snapshots;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Heap.Opening;

/// <summary>The runtime's debugging component (DAC): the file beside the runtime that understands its data structures.</summary>
internal static class DebuggingComponent
{
    private static readonly Lazy<bool> s_isKept = new(() => NativeLibrary.TryLoad(Locate(), out _));

    // The code for the guard is for Linux x64, as that which makes clones.
    private static readonly Lazy<Mapping?> s_code = new(
        () => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? FindCode() : null);

    /// <summary>Loads it for the life of the process: ClrMD closes it with each snapshot, and loading it anew takes milliseconds.</summary>
    public static void Keep() => _ = s_isKept.Value;

    /// <summary>Guards this thread against a crash in it, until what is returned is disposed on the same thread; null where it cannot be.</summary>
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
            : throw new SnapshotRefusedException($"{name} is not beside the runtime (a single-file application has none); run the tests on an installed runtime");
    }

    private static Mapping? FindCode()
    {
        try
        {
            string path = Locate();
            Keep();
            return Mapping.Of(File.ReadLines("/proc/self/maps").Where(l => l.EndsWith(path, StringComparison.Ordinal))).FirstOrDefault(m => m.Permissions[2] == 'x');
        }
        catch (Exception e) when (e is SnapshotRefusedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
