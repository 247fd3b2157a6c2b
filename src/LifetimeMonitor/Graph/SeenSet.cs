namespace LifetimeMonitoring.Graph;

/// <summary>The visited set: one bit for every place of an object.</summary>
internal sealed class SeenSet(long slotCount)
{
    private const int BitsPerWord = 64;
    private readonly ulong[] _bits = new ulong[Words(slotCount)];

    public static long BytesFor(long slotCount) => Words(slotCount) * sizeof(ulong);

    /// <summary>Marks the slot; false when it was marked before.</summary>
    public bool Add(long slot)
    {
        ref ulong word = ref _bits[slot >> 6];
        ulong bit = 1UL << (int)(slot & 63);
        if ((word & bit) != 0) return false;
        word |= bit;
        return true;
    }

    /// <summary>Removes the mark of a slot.</summary>
    public void Remove(long slot) => _bits[slot >> 6] &= ~(1UL << (int)(slot & 63));

    private static long Words(long slotCount) => (slotCount + BitsPerWord - 1) / BitsPerWord;
}
