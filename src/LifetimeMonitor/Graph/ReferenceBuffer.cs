namespace LifetimeMonitoring.Graph;

/// <summary>A list of addresses that can be filled and emptied millions of times without allocating.</summary>
internal sealed class ReferenceBuffer
{
    private ulong[] _items = new ulong[1024];

    public int Count { get; private set; }

    public ReadOnlySpan<ulong> Items => _items.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(ulong address)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        _items[Count++] = address;
    }
}
