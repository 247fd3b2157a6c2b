using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>Opens a snapshot with ClrMD.</summary>
internal static class RuntimeOpener
{
    /// <summary>The runtime inside the snapshot; disposing its data target closes all of it.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="scratch">The memory for copies out of it; null for memory of its own.</param>
    /// <exception cref="SnapshotRefusedException">It cannot be opened.</exception>
    public static ClrRuntime Open(ProcessSnapshot snapshot, ScratchMemory? scratch = null)
    {
        string component = DebuggingComponent.Locate();
        DebuggingComponent.Keep();
        try
        {
            return OpenWith(component, snapshot, scratch ?? ScratchMemory.OfThisSystem());
        }
        catch (Exception e) when (snapshot is DumpSnapshot
            && e is IOException or UnauthorizedAccessException or InvalidDataException or BadImageFormatException
                or ClrDiagnosticsException)
        {
            // A cleanup of the directory may have deleted the dump, or the disk did not keep all of it.
            throw new SnapshotRefusedException($"the dump cannot be opened ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static ClrRuntime OpenWith(string component, ProcessSnapshot snapshot, ScratchMemory scratch)
    {
        DataTarget target = OpenTarget(snapshot, scratch);
        try
        {
            ClrInfo? runtime = target.ClrVersions.FirstOrDefault()
                ?? throw new SnapshotRefusedException("the snapshot shows no .NET runtime");
            // The DAC lies beside the runtime of this process, so it matches whichever version ClrMD reads.
            return runtime.CreateRuntime(component, ignoreMismatch: true);
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    private static DataTarget OpenTarget(ProcessSnapshot snapshot, ScratchMemory scratch) => snapshot switch
    {
        CloneSnapshot clone => new DataTarget(new CloneDataReader(clone, scratch), Options()),
        DumpSnapshot dump => new DataTarget(new DumpDataReader(DataTarget.LoadDump(dump.File, Options())), Options()),
        _ => DataTarget.CreateSnapshotAndAttach(Environment.ProcessId, Options()),
    };

    private static DataTargetOptions Options() => new()
    {
        FileLocator = new NoDownloads(),
        SymbolPaths = [],
    };
}
