namespace LifetimeMonitor.Heap.Statics;

/// <summary>
/// The storages found in earlier snapshots of this process: where a type keeps its statics never changes while it is loaded,
/// and what is taken from here is confirmed in the snapshot at hand before it is believed.
/// </summary>
internal sealed class StaticStorageCache
{
    private volatile StaticStorage[] _known = [];

    /// <summary>What is known already, by address.</summary>
    public IReadOnlyList<StaticStorage> Known => _known;

    /// <summary>Reads all storages anew.</summary>
    public IReadOnlyList<StaticStorage> Refresh(LoaderHeaps heaps)
    {
        StaticStorage[] storages = [.. StaticStorages.In(heaps)];
        Array.Sort(storages, (a, b) => a.Base.CompareTo(b.Base));
        return _known = storages;
    }
}
