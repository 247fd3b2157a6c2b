namespace LifetimeMonitoring.Snapshots;

/// <summary>A process snapshot (PSS) of Windows, which ClrMD makes and frees itself.</summary>
internal sealed class WindowsSnapshot : ProcessSnapshot
{
    public override SnapshotKind Kind => SnapshotKind.ProcessSnapshot;

    public override void Dispose()
    {
    }
}
