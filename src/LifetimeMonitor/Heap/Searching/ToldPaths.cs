using LifetimeMonitor.Graph;

namespace LifetimeMonitor.Heap.Searching;

/// <summary>The paths that a clone tells, in its words (<c>paths.c</c>), which come in pieces.</summary>
internal sealed class ToldPaths
{
    // No addresses: what follows is a long path, each object with the kind of its reference; and: there was not the time for the rest of it.
    private const ulong IsLong = 1, IsCutShort = 2;
    private const int KindBits = 16;
    private readonly Dictionary<ulong, ObjectPath> _paths = [];
    private List<ulong> _objects = [];
    private PathShortener? _long;

    /// <summary>How many were told, with those that were cut short.</summary>
    public int Count { get; private set; }

    /// <summary>The path to a target, or null.</summary>
    public ObjectPath? To(ulong target) => _paths.GetValueOrDefault(target);

    /// <summary>Takes one piece.</summary>
    public void Take(ReadOnlySpan<ulong> words)
    {
        foreach (ulong word in words)
        {
            if ((long)word < 0) End(~(int)word);
            else if (word == IsCutShort) Begin();
            else if (word == IsLong) _long = new PathShortener();
            else if (_long is null) _objects.Add(word);
            else _long.Add(word >> KindBits, (int)(word & ((1 << KindBits) - 1)));
        }
    }

    // From the target to the root, whose number comes last.
    private void End(int root)
    {
        _objects.Reverse();
        ObjectPath path = _long?.Path(root) ?? new ObjectPath(root, _objects);
        _ = _paths.TryAdd(path.Target, path);
        Begin();
    }

    private void Begin()
    {
        Count++;
        _long = null;
        _objects = [];
    }
}
