using System.Runtime.InteropServices;

namespace LifetimeMonitor.Heap;

/// <summary>
/// The heap of a snapshot, read once in large blocks; or, where little is expected to be asked for, such as what is on a path, in small ones
/// until it is much. When they grow past a limit they are dropped and read anew.
/// </summary>
/// <param name="segments">Where its objects are.</param>
/// <param name="read">Reads the snapshot.</param>
/// <param name="limit">Bytes.</param>
/// <param name="expectsLittle">Begins with small blocks.</param>
internal sealed class HeapMemory(SegmentMap segments, ReadMemory read, long limit = HeapMemory.MaxBytes, bool expectsLittle = false) : IDisposable
{
    public const long MaxBytes = 512L * 1024 * 1024;
    private const int SmallBits = 10, LargeBits = 16, MaxSmall = 1024;
    private readonly nint[]?[] _large = new nint[]?[segments.Segments.Count];
    private readonly Dictionary<ulong, nint> _small = [];
    private PageBuffers _buffers = new(1 << (expectsLittle ? SmallBits : LargeBits));
    private int _blockBits = expectsLittle ? SmallBits : LargeBits;
    private byte[] _joined = [];

    /// <summary>Bytes copied out of the snapshot so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Blocks that could not be read to their end; what they hold is not seen.</summary>
    public int Missing { get; private set; }

    private int BlockSize => 1 << _blockBits;

    /// <summary>Some bytes of the heap; empty when they are not all there. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(ulong address, int length)
    {
        int index = segments.IndexOf(address);
        if (index < 0) return default;
        Segment segment = segments.Segments[index];
        if ((ulong)length > segment.End - address) return default;
        if (_small.Count > MaxSmall) UseLargeBlocks();
        ulong offset = address - segment.Start, mask = (ulong)(BlockSize - 1);
        int inBlock = (int)(offset & mask);
        if (inBlock + length <= BlockSize) return Block(index, (int)(offset >> _blockBits), segment).Slice(inBlock, length);
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

    /// <summary>The same for what is looked at once and may be large: it is not kept. What cannot be read is left out at the end.</summary>
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
        if (place == 0) throw new InsufficientMemoryException("the system gives no memory for what is read of the heap");
        Span<byte> block = _buffers.In(place);
        int length = (int)Math.Min((ulong)BlockSize, range.End - start);
        int got = read(start, block[..length]);
        // What cannot be read is seen as zeros: no object has a method table at 0.
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
        _buffers = new PageBuffers(1 << LargeBits);
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
