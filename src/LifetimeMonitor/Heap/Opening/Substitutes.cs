namespace LifetimeMonitor.Heap.Opening;

/// <summary>A reader that shows the debugging component some memory other than it is.</summary>
internal interface ISubstitutingReader
{
    Substitutes Substitutes { get; }
}

/// <summary>What is shown in place of what is there, and lives as long as its reader.</summary>
internal sealed class Substitutes
{
    private readonly List<(ulong Address, byte[] Bytes, object Kept)> _all = [];

    /// <param name="address">Where.</param>
    /// <param name="bytes">What is shown there.</param>
    /// <param name="kept">What the bytes point to.</param>
    public void Add(ulong address, byte[] bytes, object kept) => _all.Add((address, bytes, kept));

    /// <summary>Puts them over what was read.</summary>
    public void Show(ulong address, Span<byte> read)
    {
        foreach ((ulong start, byte[] bytes, _) in _all)
        {
            ulong from = Math.Max(start, address), to = Math.Min(start + (ulong)bytes.Length, address + (ulong)read.Length);
            if (from < to) bytes.AsSpan((int)(from - start), (int)(to - from)).CopyTo(read[(int)(from - address)..]);
        }
    }
}
