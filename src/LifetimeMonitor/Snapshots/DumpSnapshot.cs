using LifetimeMonitor.Snapshots.Dump;

namespace LifetimeMonitor.Snapshots;

/// <summary>A core dump of this process, in a file that is to be opened; disposing it, on the same thread, deletes the file.</summary>
internal sealed class DumpSnapshot : ProcessSnapshot
{
    private readonly DumpDirectory _dumps;

    private DumpSnapshot(DumpDirectory dumps)
    {
        _dumps = dumps;
        File = dumps.NewFile();
        LivingDumps.Add(dumps, File);
    }

    public override SnapshotKind Kind => SnapshotKind.Dump;

    public string File { get; }

    /// <exception cref="IOException">There can be no directory for it.</exception>
    /// <exception cref="UnauthorizedAccessException">There may be none.</exception>
    /// <exception cref="SnapshotRefusedException">It was not written.</exception>
    public static DumpSnapshot Write(DumpDirectory dumps, CreateDump program, TimeLimit limit)
    {
        var snapshot = new DumpSnapshot(dumps);
        try
        {
            program.Write(snapshot.File, limit);
            // It is written so; an older createdump may think otherwise.
            dumps.KeepToOwner(snapshot.File);
            return snapshot;
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        LivingDumps.Remove();
        _dumps.Delete(File);
    }
}
