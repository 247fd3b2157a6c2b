namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>
/// A type's auxiliary data since .NET 9, and the words before it: DynamicStaticsInfo and ThreadStaticsInfo in
/// src/coreclr/vm/methodtable.h of dotnet/runtime.
/// <code>
///   [-5] thread static indices
///   [-4] …
///   [-3] references and structs
///   [-2] other statics
///   [-1] method table
///   [ 0] auxiliary data
/// </code>
/// Only generic types have [-4], and only types with thread statics have [-5]. There is no probe for the process,
/// because each find proves itself: the method table leads back to the auxiliary data (<c>StaticStorages</c>).
/// </summary>
internal static class StaticsLayout
{
    // Words before the auxiliary data.
    public const int BaseAt = 3, MethodTableAt = 1, ThreadIndicesAt = 5;

    private const ulong NotInitialized = 1;
    private const uint DirectOnThread = 0x02000000; // TLSIndexType: another kind of storage
    private const uint ReservedIndices = 2; // NUMBER_OF_TLSOFFSETS_NOT_USED_IN_NONCOLLECTIBLE_ARRAY

    /// <summary>The address of the statics, from the word at [-3].</summary>
    public static ulong BaseIn(ulong word) => word & ~NotInitialized;

    /// <summary>
    /// The number of the type's storage within each thread, from the word at [-5]; -1 for a type without storages.
    /// </summary>
    public static int ThreadIndexIn(ulong word)
    {
        uint index = (uint)(word >> 32);
        return index is < ReservedIndices or >= DirectOnThread ? -1
            : (int)(index < ThreadDataLayout.Collectible ? index - ReservedIndices : index);
    }
}
