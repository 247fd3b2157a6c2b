using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Memory;

namespace LifetimeMonitoring.Heap.Objects;

/// <summary>
/// The heap of a snapshot, read once in large blocks. Where few reads are expected, such as those of the objects on a
/// path, the blocks are small until there are many. Blocks that grow past the limit are dropped and read anew.
/// </summary>
/// <param name="scratch">The memory for the blocks.</param>
/// <param name="segments">The segments of the heap.</param>
/// <param name="read">Reads the snapshot.</param>
/// <param name="limit">The maximum size of all blocks, in bytes.</param>
/// <param name="expectsLittle">Begins with small blocks.</param>
internal sealed class HeapMemory(
    ScratchMemory scratch,
    SegmentMap segments,
    ReadMemory read,
    long limit = HeapMemory.MaxBytes,
    bool expectsLittle = false) : IDisposable
{
    public const long MaxBytes = 512L * 1024 * 1024;
    private const int SmallBits = 10, LargeBits = 16, MaxSmall = 1024;
    private readonly nint[]?[] _large = new nint[]?[segments.Segments.Count];
    private readonly Dictionary<ulong, nint> _small = [];
    private PageBuffers _buffers = new(1 << (expectsLittle ? SmallBits : LargeBits), scratch);
    private int _blockBits = expectsLittle ? SmallBits : LargeBits;
    private byte[] _joined = [];

    /// <summary>Bytes copied out of the snapshot so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Blocks with a part that could not be read; the search does not see that part.</summary>
    public int Missing { get; private set; }

    private int BlockSize => 1 << _blockBits;

    /// <summary>Some bytes of the heap, valid until the next call; empty when no segment contains them.</summary>
    public ReadOnlySpan<byte> Read(ulong address, int length)
    {
        int index = segments.IndexOf(address);
        if (index < 0) return default;
        Segment segment = segments.Segments[index];
        if ((ulong)length > segment.End - address) return default;
        if (_small.Count > MaxSmall) UseLargeBlocks();
        ulong offset = address - segment.Start, mask = (ulong)(BlockSize - 1);
        int inBlock = (int)(offset & mask);
        if (inBlock + length <= BlockSize)
            return Block(index, (int)(offset >> _blockBits), segment).Slice(inBlock, length);
        if (_joined.Length < length) _joined = new byte[length];
        for (int done = 0; done < length;)
        {
            ReadOnlySpan<byte> block = Block(index, (int)((offset + (ulong)done) >> _blockBits), segment);
            int from = (int)((offset + (ulong)done) & mask);
            int count = Math.Min(length - done, BlockSize - from);
            block.Slice(from, count).CopyTo(_joined.AsSpan(done));
            done += count;
        }

        return _joined.AsSpan(0, length);
    }

    /// <summary>The same for many bytes read only once: no block keeps them. An unreadable end is cut off.</summary>
    public ReadOnlySpan<byte> Pass(ulong address, int length)
    {
        if (_joined.Length < length) _joined = new byte[length];
        int got = Math.Max(read(address, _joined.AsSpan(0, length)), 0);
        BytesRead += got;
        return _joined.AsSpan(0, got);
    }

    public void Dispose()
    {
        DropAll();
        _buffers.Dispose();
        _joined = [];
    }

    private Span<byte> Block(int segment, int number, Segment range)
    {
        ulong start = range.Start + ((ulong)number << _blockBits);
        ref nint place = ref Place(segment, number, range, start);
        if (place != 0) return _buffers.In(place);
        if (_buffers.Bytes + BlockSize > limit)
        {
            DropAll();
            place = ref Place(segment, number, range, start);
        }

        place = _buffers.Next();
        if (place == 0)
            throw new InsufficientMemoryException("the system gives no memory for copies of the heap");
        Span<byte> block = _buffers.In(place);
        int length = (int)Math.Min((ulong)BlockSize, range.End - start);
        int got = read(start, block[..length]);
        // Unreadable bytes count as zeros: no object has a method table at 0.
        block[Math.Max(got, 0)..].Clear();
        if (got < length) Missing++;
        BytesRead += got;
        return block;
    }

    private ref nint Place(int segment, int number, Segment range, ulong start)
    {
        if (_blockBits == SmallBits) return ref CollectionsMarshal.GetValueRefOrAddDefault(_small, start, out _);
        nint[] blocks = _large[segment] ??= new nint[(range.Length >> LargeBits) + 1];
        return ref blocks[number];
    }

    private void UseLargeBlocks()
    {
        DropAll();
        _buffers.Dispose();
        _buffers = new PageBuffers(1 << LargeBits, scratch);
        _blockBits = LargeBits;
    }

    private void DropAll()
    {
        _small.Clear();
        foreach (nint[]? blocks in _large)
        {
            if (blocks is not null) Array.Clear(blocks);
        }

        _buffers.TakeAllBack();
    }
}
