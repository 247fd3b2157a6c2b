namespace LifetimeMonitoring.Heap.Memory;

/// <summary>Buffers of one size, side by side in a few pieces of <see cref="ScratchMemory"/>.</summary>
/// <param name="size">Bytes of each buffer; the length of a piece is a multiple of it.</param>
/// <param name="memory">The source of the pieces.</param>
internal sealed unsafe class PageBuffers(int size, ScratchMemory memory) : IDisposable
{
    private readonly int _perPiece = ScratchMemory.PieceLength / size;
    private readonly List<nint> _pieces = [];
    private int _used;

    /// <summary>Bytes of all buffers in use.</summary>
    public long Bytes => (long)_used * size;

    /// <summary>
    /// The address of another buffer, with old content in it; 0 when the system has no more memory. Valid until
    /// <see cref="TakeAllBack"/>.
    /// </summary>
    public nint Next()
    {
        if (_used == _pieces.Count * _perPiece)
        {
            nint piece = memory.Take();
            if (piece == 0) return 0;
            _pieces.Add(piece);
        }

        return _pieces[^1] + (_used++ % _perPiece * size);
    }

    /// <summary>The bytes of a buffer.</summary>
    public Span<byte> In(nint buffer) => new((void*)buffer, size);

    /// <summary>Takes back the newest buffer.</summary>
    public void TakeBackLast() => _used--;

    public void TakeAllBack()
    {
        // The last piece first, so that the same few pieces are reused.
        for (int i = _pieces.Count - 1; i >= 0; i--) memory.TakeBack(_pieces[i]);
        _pieces.Clear();
        _used = 0;
    }

    public void Dispose() => TakeAllBack();
}
