namespace LifetimeMonitor.Snapshots;

/// <summary>Where a core dump of this process is to be written and opened; disposing it deletes the file.</summary>
internal sealed class DumpSnapshot(string file) : ProcessSnapshot
{
    public override SnapshotKind Kind => SnapshotKind.Dump;

    public string File { get; } = file;

    public override void Dispose() => DumpDirectory.Delete(File);
}
