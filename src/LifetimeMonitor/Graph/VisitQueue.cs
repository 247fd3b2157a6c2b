namespace LifetimeMonitoring.Graph;

/// <summary>
/// The objects in the order of the search, each with the entry that it was reached from. This is the queue of the
/// breadth-first search and the tree of its shortest paths in one. It grows by blocks, so that nothing is copied.
/// </summary>
/// <param name="limit">The maximum number of entries.</param>
internal sealed class VisitQueue(long limit = long.MaxValue)
{
    private const int BlockBits = 16;
    private const int BlockSize = 1 << BlockBits;
    private const int BlockMask = BlockSize - 1;
    private readonly List<(ulong[] Addresses, int[] Parents)> _blocks = [];

    public int Count { get; private set; }

    /// <summary>No more entries may be added.</summary>
    public bool IsFull => Count >= limit;

    public ulong AddressAt(int index) => _blocks[index >> BlockBits].Addresses[index & BlockMask];

    /// <summary>The entry that this one was reached from; for a root, the bitwise complement of its number.</summary>
    public int ParentOf(int index) => _blocks[index >> BlockBits].Parents[index & BlockMask];

    public void Add(ulong address, int parent)
    {
        if (Count >> BlockBits == _blocks.Count)
        {
            int size = (int)Math.Min(BlockSize, limit - Count);
            _blocks.Add((new ulong[size], new int[size]));
        }

        (ulong[] addresses, int[] parents) = _blocks[^1];
        addresses[Count & BlockMask] = address;
        parents[Count & BlockMask] = parent;
        Count++;
    }
}
