using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>
/// A thread's own data since .NET 9: ThreadLocalData of src/coreclr/vm/threadstatics.h. The thread's record points to
/// it (<c>Thread::m_ThreadLocalDataPtr</c>). It is recognized by its contents and its pointer back to the thread, not
/// by an offset.
/// <code>
///   [ 0] lengths of both arrays
///   [ 8] object[] of storages, one for each type
///   [16] handles of the storages of collectible types
///   [24] thread
/// </code>
/// </summary>
internal sealed class ThreadLocalData(ReadMemory read, HeapGraph graph)
{
    /// <summary>The kind of a collectible type's storage, in the highest byte of its number (TLSIndexType).</summary>
    public const int Collectible = 0x01000000;

    private const int WordsOfThread = 256;
    private const int CollectibleLengthOffset = 4;
    private const int StoragesOffset = 8;
    private const int CollectibleOffset = 16;
    private const int BackPointerOffset = 24;
    private const int MaxCollectible = 1 << 16;
    private readonly ulong _objectArray = (ulong)typeof(object[]).TypeHandle.Value;
    private int _word = -1;

    /// <summary>The <c>object[]</c> of a thread's storages; 0 when it has none.</summary>
    public ulong StoragesOf(ClrThread thread)
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
    public int NumberOfCollectible(ClrThread thread, ulong storage)
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
