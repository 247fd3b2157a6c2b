using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;
using static LifetimeMonitoring.Heap.RuntimeLayout.StaticsLayout;

namespace LifetimeMonitoring.Heap.Statics;

/// <summary>
/// Every type with statics, including generic instantiations, found in one pass over the runtime's own heaps. Since
/// .NET 9 the addresses of a type's statics precede its auxiliary data (<see cref="StaticsLayout"/>). So a word is at
/// [-1] when it leads to a method table that names the next address as its auxiliary data. A type without [-4] and [-5]
/// may be the first one in its heap, and the words before it belong to something else. Each find is used only after a
/// second read confirms it, and only if the type has a field there.
/// </summary>
internal static class StaticStorages
{
    public static IEnumerable<StaticStorage> In(LoaderHeaps heaps)
    {
        foreach ((ulong start, byte[] bytes) in heaps.Heaps)
        {
            ulong[] words = MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
            for (int end = BaseAt; end <= words.Length; end++)
            {
                ulong methodTable = words[end - MethodTableAt];
                if (methodTable == 0 || methodTable % sizeof(ulong) != 0) continue;
                ulong auxiliaryData = start + ((ulong)end * sizeof(ulong));
                if (heaps.WordAt(methodTable + MethodTableLayout.AuxiliaryDataOffset) != auxiliaryData) continue;
                int threadIndex = end < ThreadIndicesAt ? -1 : ThreadIndexIn(words[end - ThreadIndicesAt]);
                yield return new StaticStorage(methodTable, BaseIn(words[end - BaseAt]), threadIndex, auxiliaryData);
            }
        }
    }

    /// <summary>Whether new reads of single words confirm a storage from a bulk copy or an earlier snapshot.</summary>
    /// <param name="read">Reads the snapshot.</param>
    /// <param name="storage">The storage.</param>
    /// <param name="isThreadStatic">Also confirms its thread static index.</param>
    public static bool Confirms(ReadMemory read, StaticStorage storage, bool isThreadStatic) =>
        read.ReadPointers(WordBefore(storage, BaseAt), storage.AuxiliaryData) is [var first, _, var methodTable]
        && BaseIn(first) == storage.Base && methodTable == storage.MethodTable
        && (!isThreadStatic
            || (read.TryRead(WordBefore(storage, ThreadIndicesAt), out ulong indices)
                && ThreadIndexIn(indices) == storage.ThreadIndex))
        && read.TryRead(methodTable + MethodTableLayout.AuxiliaryDataOffset, out ulong auxiliaryData)
        && auxiliaryData == storage.AuxiliaryData;

    private static ulong WordBefore(StaticStorage storage, int count) =>
        storage.AuxiliaryData - ((ulong)count * sizeof(ulong));
}
