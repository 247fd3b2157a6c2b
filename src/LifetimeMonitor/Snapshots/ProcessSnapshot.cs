namespace LifetimeMonitor.Snapshots;

/// <summary>A frozen copy of this process, or the description of one that <c>Heap</c> is to open; disposing it leaves nothing behind.</summary>
internal abstract class ProcessSnapshot : IDisposable
{
    /// <summary>The rung of the ladder, as the report prints it.</summary>
    public abstract SnapshotKind Kind { get; }

    public abstract void Dispose();
}
