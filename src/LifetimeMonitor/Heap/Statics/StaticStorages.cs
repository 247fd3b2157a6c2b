using System.Runtime.InteropServices;

namespace LifetimeMonitor.Heap.Statics;

/// <summary>
/// Every type with statics, generic instantiations too, found in one pass over the runtime's own heaps. Since .NET 9 a type's
/// auxiliary data is preceded by where its statics are (DynamicStaticsInfo and ThreadStaticsInfo in
/// src/coreclr/vm/methodtable.h):
/// <code>
///   [-5] thread static indices   [-4] …   [-3] references and structs   [-2] other statics   [-1] method table   [0] auxiliary data
/// </code>
/// So a word is at [-1] when it leads to a method table that names the next address as its auxiliary data. Nothing found
/// this way is believed before it was read again, and the type has a field there.
/// </summary>
internal static class StaticStorages
{
    private const int AuxiliaryDataOffset = 0x20;
    private const int RecordLength = 5; // words before the auxiliary data
    private const ulong StaticsNotInitialized = 1;
    private const uint NotOnEveryThread = 0x01000000; // other kinds of storage have a number in the highest byte
    private const uint ReservedIndices = 2; // NUMBER_OF_TLSOFFSETS_NOT_USED_IN_NONCOLLECTIBLE_ARRAY

    public static IEnumerable<StaticStorage> In(LoaderHeaps heaps)
    {
        foreach ((ulong start, byte[] bytes) in heaps.Heaps)
        {
            ulong[] words = MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
            for (int i = 4; i < words.Length; i++)
            {
                ulong methodTable = words[i];
                if (methodTable == 0 || methodTable % sizeof(ulong) != 0) continue;
                ulong auxiliaryData = start + ((ulong)(i + 1) * sizeof(ulong));
                if (heaps.WordAt(methodTable + AuxiliaryDataOffset) != auxiliaryData) continue;
                yield return Storage(words.AsSpan(i - 4, RecordLength), auxiliaryData);
            }
        }
    }

    /// <summary>Whether the snapshot, read anew and word by word, says the same of a storage that was found in a copy of all of it, or in an earlier snapshot.</summary>
    public static bool Confirms(ReadMemory read, StaticStorage storage)
    {
        ulong start = storage.AuxiliaryData - (RecordLength * sizeof(ulong));
        ulong[] words = read.ReadPointers(start, storage.AuxiliaryData);
        return words.Length == RecordLength && Storage(words, storage.AuxiliaryData) == storage
            && read.TryRead(storage.MethodTable + AuxiliaryDataOffset, out ulong auxiliaryData) && auxiliaryData == storage.AuxiliaryData;
    }

    private static StaticStorage Storage(ReadOnlySpan<ulong> record, ulong auxiliaryData)
    {
        uint threadIndex = (uint)(record[0] >> 32);
        return new StaticStorage(
            record[4],
            record[2] & ~StaticsNotInitialized,
            threadIndex is >= ReservedIndices and < NotOnEveryThread ? (int)(threadIndex - ReservedIndices) : -1,
            auxiliaryData);
    }
}
