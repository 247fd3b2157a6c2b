namespace LifetimeMonitor.Snapshots;

/// <summary>Where a core dump of this process is to be written and opened; disposing it, on the same thread, deletes the file.</summary>
internal sealed class DumpSnapshot : ProcessSnapshot
{
    private readonly DumpDirectory _dumps;

    /// <exception cref="IOException">There can be no directory for it.</exception>
    /// <exception cref="UnauthorizedAccessException">There may be none.</exception>
    public DumpSnapshot(DumpDirectory dumps)
    {
        _dumps = dumps;
        File = dumps.NewFile();
        LivingDumps.Add(dumps, File);
    }

    public override SnapshotKind Kind => SnapshotKind.Dump;

    public string File { get; }

    /// <summary>Once it is written, nobody but its owner is to read it.</summary>
    public void KeepToOwner() => _dumps.KeepToOwner(File);

    public override void Dispose()
    {
        LivingDumps.Remove();
        _dumps.Delete(File);
    }
}
