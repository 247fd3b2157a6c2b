namespace LifetimeMonitor.Graph;

/// <summary>One bit for every place an object can be at.</summary>
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

    /// <summary>Takes the mark of a slot away.</summary>
    public void Remove(long slot) => _bits[slot >> 6] &= ~(1UL << (int)(slot & 63));

    private static long Words(long slotCount) => (slotCount + BitsPerWord - 1) / BitsPerWord;
}
