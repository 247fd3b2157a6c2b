using System.Buffers;

namespace LifetimeMonitor.Heap;

/// <summary>The heap of a snapshot, read once in large blocks. When the blocks grow past a limit they are dropped and read anew.</summary>
internal sealed class HeapMemory(SegmentMap segments, ReadMemory read) : IDisposable
{
    private const int BlockBits = 16;
    private const int BlockSize = 1 << BlockBits;
    private const long MaxBytes = 512L * 1024 * 1024;
    private readonly byte[]?[][] _blocks = [.. segments.Segments.Select(s => new byte[]?[(s.Length >> BlockBits) + 1])];
    private byte[] _joined = [];
    private long _bytes;

    /// <summary>Bytes copied out of the snapshot so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Blocks that could not be read to their end; what they hold is not seen.</summary>
    public int Missing { get; private set; }

    /// <summary>Some bytes of the heap; empty when they are not all there. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(ulong address, int length)
    {
        int index = segments.IndexOf(address);
        if (index < 0) return default;
        Segment segment = segments.Segments[index];
        if ((ulong)length > segment.End - address) return default;
        ulong offset = address - segment.Start;
        int inBlock = (int)(offset & (BlockSize - 1));
        if (inBlock + length <= BlockSize)
        {
            byte[] block = Block(index, (int)(offset >> BlockBits), segment);
            return block.AsSpan(inBlock, length);
        }

        if (_joined.Length < length) _joined = new byte[length];
        for (int done = 0; done < length;)
        {
            byte[] block = Block(index, (int)((offset + (ulong)done) >> BlockBits), segment);
            int from = (int)((offset + (ulong)done) & (BlockSize - 1));
            int count = Math.Min(length - done, BlockSize - from);
            block.AsSpan(from, count).CopyTo(_joined.AsSpan(done));
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
        _joined = [];
    }

    private byte[] Block(int segment, int number, Segment range)
    {
        if (_blocks[segment][number] is { } known) return known;
        if (_bytes >= MaxBytes) DropAll();
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        ulong start = range.Start + ((ulong)number << BlockBits);
        int length = (int)Math.Min(BlockSize, range.End - start);
        int got = read(start, block.AsSpan(0, length));
        // What cannot be read is seen as zeros: no object has a method table at 0.
        block.AsSpan(Math.Max(got, 0)).Clear();
        if (got < length) Missing++;
        _bytes += BlockSize;
        BytesRead += got;
        return _blocks[segment][number] = block;
    }

    private void DropAll()
    {
        foreach (byte[]?[] blocks in _blocks)
        {
            foreach (byte[]? block in blocks)
            {
                if (block is not null) ArrayPool<byte>.Shared.Return(block);
            }

            Array.Clear(blocks);
        }

        _bytes = 0;
    }
}
