using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Benchmarks.Ratios;

/// <summary>
/// The peer, with every advantage: the DAC from beside the runtime, no symbols, no downloads, and the address of the
/// object. It finds one path and no names.
/// </summary>
internal static class Textbook
{
    public static bool FindPath(WeakReference target)
    {
        ulong address = AddressOf(target);
        using DataTarget data = DataTarget.CreateSnapshotAndAttach(Environment.ProcessId);
        using ClrRuntime runtime = data.ClrVersions[0].CreateRuntime(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libmscordaccore.so"),
            ignoreMismatch: true);
        var search = new GCRoot(runtime.Heap, [address]);
        return search.EnumerateRootPaths().Any();
    }

    /// <summary>The steps that show whether there is a leak to search for.</summary>
    public static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static ulong AddressOf(WeakReference target)
    {
        object? o = target.Target;
        return System.Runtime.CompilerServices.Unsafe.As<object?, ulong>(ref o);
    }
}
