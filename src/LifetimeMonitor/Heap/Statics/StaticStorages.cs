using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Roots;

namespace LifetimeMonitoring.Heap.Statics;

/// <summary>
/// Every type with statics, including generic instantiations, found in one pass over the runtime's own heaps. Since
/// .NET 9 the addresses of a type's statics precede its auxiliary data (DynamicStaticsInfo and ThreadStaticsInfo in
/// src/coreclr/vm/methodtable.h):
/// <code>
///   [-5] thread static indices
///   [-4] …
///   [-3] references and structs
///   [-2] other statics
///   [-1] method table
///   [ 0] auxiliary data
/// </code>
/// So a word is at [-1] when it leads to a method table that names the next address as its auxiliary data. Only generic
/// types have [-4], and only types with thread statics have [-5]. Without them the record may be the first one in its
/// heap, and the words before it belong to something else. Each find is used only after a second read confirms it, and
/// only if the type has a field there.
/// </summary>
internal static class StaticStorages
{
    private const int AuxiliaryDataOffset = 0x20;
    private const int BaseAt = 3, MethodTableAt = 1, ThreadIndicesAt = 5; // words before the auxiliary data
    private const ulong StaticsNotInitialized = 1;
    private const uint DirectOnThread = 0x02000000; // another kind of storage
    private const uint ReservedIndices = 2; // NUMBER_OF_TLSOFFSETS_NOT_USED_IN_NONCOLLECTIBLE_ARRAY

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
                if (heaps.WordAt(methodTable + AuxiliaryDataOffset) != auxiliaryData) continue;
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
        && read.TryRead(methodTable + AuxiliaryDataOffset, out ulong auxiliaryData)
        && auxiliaryData == storage.AuxiliaryData;

    private static ulong WordBefore(StaticStorage storage, int count) =>
        storage.AuxiliaryData - ((ulong)count * sizeof(ulong));

    private static ulong BaseIn(ulong word) => word & ~StaticsNotInitialized;

    private static int ThreadIndexIn(ulong word)
    {
        uint index = (uint)(word >> 32);
        return index is < ReservedIndices or >= DirectOnThread ? -1
            : (int)(index < ThreadLocalData.Collectible ? index - ReservedIndices : index);
    }
}
