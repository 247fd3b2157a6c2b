using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring.Tests.Graph;

/// <summary>A graph in memory: objects are numbers from 1 on, and edges are written <c>1→2</c>.</summary>
internal sealed class TestGraph : IObjectGraph
{
    private readonly Dictionary<ulong, List<ulong>> _edges = [];

    public TestGraph(params (int From, int To)[] edges)
    {
        foreach ((int from, int to) in edges) Add((ulong)from, (ulong)to);
    }

    public long SlotCount { get; init; } = 1000;

    /// <summary>References come in blocks of this size, as those of large arrays do.</summary>
    public int BlockSize { get; init; } = int.MaxValue;

    public void Add(ulong from, ulong to)
    {
        if (!_edges.TryGetValue(from, out List<ulong>? targets)) _edges.Add(from, targets = []);
        targets.Add(to);
    }

    public IEnumerable<ulong> From(ulong address) => _edges.GetValueOrDefault(address, []);

    public long SlotOf(ulong address) => address == 0 || (long)address >= SlotCount ? -1 : (long)address;

    /// <summary>Every object is as large as its number.</summary>
    public long SizeOf(ulong address) => (long)address;

    public bool ReadReferences(ulong address, ref long cursor, ReferenceBuffer references)
    {
        List<ulong> all = _edges.GetValueOrDefault(address, []);
        for (int taken = 0; taken < BlockSize && cursor < all.Count; taken++, cursor++) references.Add(all[(int)cursor]);
        return cursor < all.Count;
    }
}
