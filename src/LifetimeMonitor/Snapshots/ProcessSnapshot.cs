namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// A frozen copy of this process, or the description from which <c>Heap</c> opens one. Disposing it leaves nothing
/// behind.
/// </summary>
internal abstract class ProcessSnapshot : IDisposable
{
    /// <summary>The rung of the ladder, as the report prints it.</summary>
    public abstract SnapshotKind Kind { get; }

    public abstract void Dispose();
}
