using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.RuntimeLayout;
using static LifetimeMonitoring.Heap.RuntimeLayout.ThreadDataLayout;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>
/// A thread's own data since .NET 9 (<see cref="ThreadDataLayout"/>). The thread's record points to it
/// (<c>Thread::m_ThreadLocalDataPtr</c>). It is recognized by its contents and its pointer back to the thread, not by
/// an offset.
/// </summary>
internal sealed class ThreadLocalData(ReadMemory read, HeapGraph graph)
{
    private readonly ulong _objectArray = (ulong)typeof(object[]).TypeHandle.Value;
    private int _word = -1;

    /// <summary>Whether the data of a thread was found.</summary>
    public bool WasFound => _word >= 0;

    /// <summary>The <c>object[]</c> of a thread's storages; 0 when it has none.</summary>
    public ulong StoragesOf(DacThread thread)
    {
        if (_word >= 0)
        {
            return read.TryRead(thread.Address + ((ulong)_word * sizeof(ulong)), out ulong known)
                ? StoragesIn(known, thread.Address)
                : 0;
        }

        ulong[] words = read.ReadPointers(thread.Address, thread.Address + (WordsOfThread * sizeof(ulong)));
        for (int i = 0; i < words.Length; i++)
        {
            if (StoragesIn(words[i], thread.Address) is not (not 0 and var storages)) continue;
            _word = i;
            return storages;
        }

        return 0;
    }

    /// <summary>A storage's number among those of a thread's collectible types, with their kind; or -1.</summary>
    public int NumberOfCollectible(DacThread thread, ulong storage)
    {
        if (_word < 0) _ = StoragesOf(thread);
        if (_word < 0
            || !read.TryRead(thread.Address + ((ulong)_word * sizeof(ulong)), out ulong data)
            || !IsOf(thread.Address, data))
        {
            return -1;
        }

        if (!read.TryRead(data + CollectibleLengthOffset, out int length) || length is <= 0 or > MaxCollectible)
            return -1;
        if (!read.TryRead(data + CollectibleOffset, out ulong start) || start == 0) return -1;
        int index = Array.FindIndex(
            read.ReadPointers(start, start + ((ulong)length * sizeof(ulong))),
            h => h != 0 && read.TryRead(h, out ulong target) && target == storage);
        return index < 0 ? -1 : Collectible | index;
    }

    private ulong StoragesIn(ulong candidate, ulong thread) =>
        IsOf(thread, candidate)
        && read.TryRead(candidate + StoragesOffset, out ulong storages)
        && storages != 0
        && graph.MethodTableOf(storages) == _objectArray
            ? storages
            : 0;

    private bool IsOf(ulong thread, ulong candidate) =>
        candidate != 0 && candidate % sizeof(ulong) == 0
        && read.TryRead(candidate + BackPointerOffset, out ulong back) && back == thread;
}
