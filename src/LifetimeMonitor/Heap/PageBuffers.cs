namespace LifetimeMonitor.Heap;

/// <summary>Buffers of one size, side by side in a few pieces of <see cref="ScratchMemory"/>.</summary>
/// <param name="size">Bytes of each: a part of a piece, without a rest.</param>
/// <param name="memory">Where they are; null for that of this process.</param>
internal sealed unsafe class PageBuffers(int size, ScratchMemory? memory = null) : IDisposable
{
    private readonly ScratchMemory _memory = memory ?? ScratchMemory.Shared;
    private readonly int _perPiece = ScratchMemory.PieceLength / size;
    private readonly List<nint> _pieces = [];
    private int _used;

    /// <summary>Bytes in all that were handed out.</summary>
    public long Bytes => (long)_used * size;

    /// <summary>The address of one more, in which is what is left from before; 0 when the system has no more memory. Good until <see cref="TakeAllBack"/>.</summary>
    public nint Next()
    {
        if (_used == _pieces.Count * _perPiece)
        {
            nint piece = _memory.Take();
            if (piece == 0) return 0;
            _pieces.Add(piece);
        }

        return _pieces[^1] + (_used++ % _perPiece * size);
    }

    /// <summary>What is in one.</summary>
    public Span<byte> In(nint buffer) => new((void*)buffer, size);

    /// <summary>The one handed out last is not needed.</summary>
    public void TakeBackLast() => _used--;

    public void TakeAllBack()
    {
        // The last one first, so that the same few are taken again and again.
        for (int i = _pieces.Count - 1; i >= 0; i--) _memory.TakeBack(_pieces[i]);
        _pieces.Clear();
        _used = 0;
    }

    public void Dispose() => TakeAllBack();
}
