using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>
/// Thread statics. Since .NET 9 each thread has an <c>object[]</c> of storages, one for each type. The collector scans
/// it by itself. Only a walk over all types of all modules enumerates it, and that walk misses generic types. Loader
/// allocators hold the storages of collectible types. Before .NET 9 handles hold the storages and lead to them.
/// </summary>
internal sealed class ThreadStaticRoots(ReadMemory read, HeapGraph graph, IReadOnlyList<DacThread> threads)
{
    private readonly ulong _objectArray = (ulong)typeof(object[]).TypeHandle.Value;
    private readonly ThreadLocalData _data = new(read, graph);

    /// <summary>Whether the data of a thread was found.</summary>
    public bool WereFound => _data.WasFound;

    public IEnumerable<HeapRoot> All()
    {
        foreach (DacThread thread in threads)
        {
            if (_data.StoragesOf(thread) is not (not 0 and var storages)) continue;
            foreach (HeapRoot storage in StaticRoots.Elements(
                RootKind.ThreadStaticField, storages, thread.ThreadId, read))
            {
                if (graph.MethodTableOf(storage.Object) != _objectArray)
                {
                    yield return storage;
                    continue;
                }

                int index = (int)((storage.Slot - storages - ObjectLayout.ElementsOffset) / sizeof(ulong));
                foreach (HeapRoot root in StaticRoots.Elements(
                    RootKind.ThreadStaticField, storage.Object, storage.ThreadId, read))
                {
                    yield return root with { StorageIndex = index, Storage = storage.Object };
                }
            }
        }
    }

    /// <summary>The root of a reference in a collectible type's storage; null when no thread has the storage.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="slot">The address of the reference in it.</param>
    /// <param name="held">The object held.</param>
    public HeapRoot? OfCollectible(ulong storage, ulong slot, ulong held)
    {
        foreach (DacThread thread in threads)
        {
            if (_data.NumberOfCollectible(thread, storage) is not (>= 0 and var number)) continue;
            return new HeapRoot(RootKind.ThreadStaticField, slot, held, thread.ThreadId)
            {
                StorageIndex = number,
                Storage = storage,
            };
        }

        return null;
    }
}
