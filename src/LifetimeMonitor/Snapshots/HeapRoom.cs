namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// Checks whether the garbage-collected heap has room for a diagnosis. The runtime's debugging component (DAC) calls
/// managed code of ours and of ClrMD. An OutOfMemoryException there cannot cross the DAC's native frames: the runtime
/// ends the process.
/// </summary>
internal static class HeapRoom
{
    /// <summary>
    /// Bytes that a diagnosis may allocate before the collector reclaims them, and a margin for the other threads.
    /// </summary>
    private const long Needed = 24 * Megabyte;

    private const long Megabyte = 1024 * 1024;
    private const int PieceLength = 64 * 1024;

    // Above this share of the limit we try to allocate, because other threads may take the remaining memory.
    private const double NearlyFull = 0.7;

    /// <summary>
    /// Why there is no room, or null. Costs microseconds, and a millisecond if the heap is nearly full.
    /// </summary>
    public static string? Shortage()
    {
        try
        {
            long limit = GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes,
                used = GC.GetTotalMemory(forceFullCollection: false);
            if (limit <= 0) return null;
            if (limit - used < Needed) return Explain(limit, used);
            if (used > limit * NearlyFull) Try();
            return null;
        }
        catch (OutOfMemoryException)
        {
            return "the heap is full: the garbage collector had no memory for a diagnosis";
        }
    }

    /// <summary>The message for a heap of this size.</summary>
    public static string Explain(long limit, long used) =>
        $"the heap is nearly full: {Quantity.Of(Math.Max(0, limit - used) / Megabyte)} MB of "
        + $"{Quantity.Of(limit / Megabyte)} MB are left, and a diagnosis needs {Quantity.Of(Needed / Megabyte)} MB; "
        + "raise the limit of the heap (DOTNET_GCHeapHardLimit, System.GC.HeapHardLimitPercent, "
        + "or the memory of the container)";

    // Allocates memory as a diagnosis does, in small pieces, and drops it.
    private static void Try()
    {
        for (long taken = 0; taken < Needed / 4; taken += PieceLength)
            GC.KeepAlive(GC.AllocateUninitializedArray<byte>(PieceLength));
    }
}
