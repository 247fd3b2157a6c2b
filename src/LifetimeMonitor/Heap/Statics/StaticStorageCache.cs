namespace LifetimeMonitoring.Heap.Statics;

/// <summary>
/// The storages found in earlier snapshots of this process. A type's storage never moves while the type is loaded, and
/// the current snapshot must confirm each cached storage before its use.
/// </summary>
internal sealed class StaticStorageCache
{
    private volatile StaticStorage[] _known = [];

    /// <summary>The cached storages, by address.</summary>
    public IReadOnlyList<StaticStorage> Known => _known;

    /// <summary>Reads all storages anew.</summary>
    public IReadOnlyList<StaticStorage> Refresh(LoaderHeaps heaps)
    {
        StaticStorage[] storages = [.. StaticStorages.In(heaps)];
        Array.Sort(storages, (a, b) => a.Base.CompareTo(b.Base));
        return _known = storages;
    }
}
