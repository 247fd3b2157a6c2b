using LifetimeMonitoring.Snapshots.Dump;

namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// A core dump of this process in a file. Disposing it, on the thread that wrote it, deletes the file.
/// </summary>
internal sealed class DumpSnapshot : ProcessSnapshot
{
    private readonly DumpDirectory _dumps;

    private DumpSnapshot(DumpDirectory dumps)
    {
        _dumps = dumps;
        File = dumps.NewFile();
        ActiveDumps.Add(dumps, File);
    }

    public override SnapshotKind Kind => SnapshotKind.Dump;

    public string File { get; }

    /// <exception cref="IOException">The directory for the dump cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">Creating the directory is not allowed.</exception>
    /// <exception cref="SnapshotRefusedException">The dump was not written.</exception>
    public static DumpSnapshot Write(DumpDirectory dumps, CreateDump program, TimeLimit limit)
    {
        var snapshot = new DumpSnapshot(dumps);
        try
        {
            program.Write(snapshot.File, limit);
            // createdump restricts access itself; an older version may not.
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
        ActiveDumps.Remove();
        _dumps.Delete(File);
    }
}
