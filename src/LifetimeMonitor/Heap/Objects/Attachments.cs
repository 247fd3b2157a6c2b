namespace LifetimeMonitoring.Heap.Objects;

/// <summary>The values of dependent handles, by key. A value lives as long as its key, without a reference.</summary>
internal sealed class Attachments
{
    private readonly Dictionary<ulong, List<ulong>> _values = [];

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    public void Add(ulong key, ulong value)
    {
        if (value == 0) return;
        if (!_values.TryGetValue(key, out List<ulong>? values)) _values.Add(key, values = []);
        values.Add(value);
        Count++;
    }

    /// <summary>The values attached to a key, in the order of their addition; null for none.</summary>
    // A list, not an interface: the search looks up every object here, and a lookup must not allocate.
    public List<ulong>? To(ulong key) => _values.TryGetValue(key, out List<ulong>? values) ? values : null;

    /// <summary>Key and value of each attachment, grouped by key.</summary>
    public IEnumerable<ulong> Pairs()
    {
        foreach ((ulong key, List<ulong> values) in _values)
        {
            foreach (ulong value in values)
            {
                yield return key;
                yield return value;
            }
        }
    }
}
