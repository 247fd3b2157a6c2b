using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap.Roots;

/// <summary>
/// Thread statics. Since .NET 9 each thread has an <c>object[]</c> of storages, one for each type, which the collector
/// scans by itself; nothing enumerates it but a walk over all types of all modules, which misses generic ones. The
/// thread's own record leads there: <c>Thread::m_ThreadLocalDataPtr</c> points to a ThreadLocalData, whose pThread points
/// back (src/coreclr/vm/threadstatics.h). It is recognized by that and by what it holds, not by its offset.
/// Before .NET 9 the storages are held by handles and are found there.
/// </summary>
internal sealed class ThreadStaticRoots(ReadMemory read, HeapGraph graph)
{
    private const int WordsOfThread = 256;
    private const int StoragesOffset = 8;
    private const int BackPointerOffset = 24;
    private readonly ulong _objectArray = (ulong)typeof(object[]).TypeHandle.Value;
    private int _word = -1;

    public IEnumerable<HeapRoot> Of(IEnumerable<ClrThread> threads)
    {
        foreach (ClrThread thread in threads)
        {
            if (Storages(thread.Address) is not { } storages) continue;
            foreach (HeapRoot storage in StaticRoots.Elements(RootKind.ThreadStaticField, storages, (int)thread.OSThreadId, read))
            {
                if (graph.MethodTableOf(storage.Object) != _objectArray) yield return storage;
                int index = (int)((storage.Slot - storages - StaticRoots.ElementsOffset) / sizeof(ulong));
                foreach (HeapRoot root in StaticRoots.Elements(RootKind.ThreadStaticField, storage.Object, storage.ThreadId, read))
                    yield return root with { StorageIndex = index, Storage = storage.Object };
            }
        }
    }

    private ulong? Storages(ulong thread)
    {
        ulong[] words = read.ReadPointers(thread, thread + (WordsOfThread * sizeof(ulong)));
        if (_word >= 0) return _word < words.Length ? StoragesOf(words[_word], thread) : null;
        for (int i = 0; i < words.Length; i++)
        {
            if (StoragesOf(words[i], thread) is not { } storages) continue;
            _word = i;
            return storages;
        }

        return null;
    }

    private ulong? StoragesOf(ulong candidate, ulong thread)
    {
        if (candidate == 0 || candidate % sizeof(ulong) != 0) return null;
        if (!read.TryRead(candidate + BackPointerOffset, out ulong back) || back != thread) return null;
        if (!read.TryRead(candidate + StoragesOffset, out ulong storages) || storages == 0) return null;
        return graph.MethodTableOf(storages) == _objectArray ? storages : null;
    }
}
