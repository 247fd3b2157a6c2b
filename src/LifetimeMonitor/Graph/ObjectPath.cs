namespace LifetimeMonitor.Graph;

/// <summary>A shortest path: the number of the root it begins at, and the objects on it, the target last.</summary>
internal sealed record ObjectPath(int Root, IReadOnlyList<ulong> Objects)
{
    public ulong Target => Objects[^1];
}
