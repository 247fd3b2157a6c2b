using System.Buffers;

namespace LifetimeMonitor.Heap;

/// <summary>
/// Buffers of one size, side by side in a few large arrays that the process keeps: what is copied out of a snapshot neither makes
/// garbage nor lets the process grow with each.
/// </summary>
internal sealed class PageBuffers(int size) : IDisposable
{
    private const int ChunkSize = 64 * 1024;
    private readonly int _perChunk = Math.Max(1, ChunkSize / size);
    private readonly List<byte[]> _chunks = [];
    private int _used;

    /// <summary>Bytes in all that were handed out.</summary>
    public long Bytes => (long)_used * size;

    /// <summary>One more; what is in it is left from before. Good until <see cref="TakeAllBack"/>.</summary>
    public ArraySegment<byte> Next()
    {
        if (_used == _chunks.Count * _perChunk) _chunks.Add(ArrayPool<byte>.Shared.Rent(_perChunk * size));
        return new ArraySegment<byte>(_chunks[^1], _used++ % _perChunk * size, size);
    }

    /// <summary>The one handed out last is not needed.</summary>
    public void TakeBackLast() => _used--;

    public void TakeAllBack()
    {
        foreach (byte[] chunk in _chunks) ArrayPool<byte>.Shared.Return(chunk);
        _chunks.Clear();
        _used = 0;
    }

    public void Dispose() => TakeAllBack();
}
