namespace LifetimeMonitoring.Heap.Dac;

/// <summary>The bytes shown in place of the real ones; they live as long as their reader.</summary>
internal sealed class Substitutes
{
    private readonly List<(ulong Address, byte[] Bytes, object Kept)> _all = [];

    /// <param name="address">The address.</param>
    /// <param name="bytes">The bytes shown there.</param>
    /// <param name="kept">The target of the pointers in the bytes.</param>
    public void Add(ulong address, byte[] bytes, object kept) => _all.Add((address, bytes, kept));

    /// <summary>Whether one of them has all bytes of a part of memory, which may be missing in the snapshot.</summary>
    public bool HasAll(ulong address, int length) => _all.Exists(s =>
        address >= s.Address && address + (ulong)length <= s.Address + (ulong)s.Bytes.Length);

    /// <summary>Copies the substitutes over the bytes that were read.</summary>
    public void Show(ulong address, Span<byte> read)
    {
        foreach ((ulong start, byte[] bytes, _) in _all)
        {
            ulong from = Math.Max(start, address),
                to = Math.Min(start + (ulong)bytes.Length, address + (ulong)read.Length);
            if (from < to) bytes.AsSpan((int)(from - start), (int)(to - from)).CopyTo(read[(int)(from - address)..]);
        }
    }
}
