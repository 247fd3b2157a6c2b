namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>
/// A thread's own data since .NET 9: ThreadLocalData of src/coreclr/vm/threadstatics.h of dotnet/runtime.
/// <code>
///   [ 0] lengths of both arrays
///   [ 8] object[] of storages, one for each type
///   [16] handles of the storages of collectible types
///   [24] thread
/// </code>
/// </summary>
internal static class ThreadDataLayout
{
    /// <summary>The kind of a collectible type's storage, in the highest byte of its number (TLSIndexType).</summary>
    public const int Collectible = 0x01000000;

    public const int CollectibleLengthOffset = 4;

    public const int StoragesOffset = 8;

    public const int CollectibleOffset = 16;

    public const int BackPointerOffset = 24;

    public const int MaxCollectible = 1 << 16;

    /// <summary>
    /// The first words of a thread's record. One of them is the address of the data, at another place in each version.
    /// </summary>
    public const int WordsOfThread = 256;

    [ThreadStatic]
    private static object? t_mark;

    /// <summary>
    /// Gives this thread a thread static, so that each snapshot of this process has at least one. A snapshot in which
    /// none is found has another layout.
    /// </summary>
    public static void MarkThread() => t_mark ??= "";
}
