namespace LifetimeMonitor.Heap;

/// <summary>Objects that live as long as another one does and that it has no reference to: the values of dependent handles, by their keys.</summary>
internal sealed class Attachments
{
    private readonly Dictionary<ulong, List<ulong>> _values = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public void Add(ulong key, ulong value)
    {
        if (value == 0) return;
        if (!_values.TryGetValue(key, out List<ulong>? values)) _values.Add(key, values = []);
        values.Add(value);
        Count++;
    }

    /// <summary>What is attached to an object, in the order in which it was added; null for nothing.</summary>
    // A list, not an interface: every object is asked, and nothing may be allocated for it.
    public List<ulong>? To(ulong key) => _values.TryGetValue(key, out List<ulong>? values) ? values : null;

    /// <summary>Key and value of each; those of one key together.</summary>
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
