using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring.Heap.Searching;

/// <summary>Reads the words by which a clone reports its paths (<c>paths.c</c>). They come in pieces.</summary>
internal sealed class ToldPaths
{
    // Words that are no addresses. The first one begins a long path, in which each object comes with the kind of its
    // reference. The second one ends a path for which the time ran out.
    private const ulong IsLong = 1, IsCutShort = 2;
    private const int KindBits = 16;
    private readonly Dictionary<ulong, AddressPath> _paths = [];
    private List<ulong> _objects = [];
    private PathShortener? _long;

    /// <summary>The number of reported paths, including those that were cut short.</summary>
    public int Count { get; private set; }

    /// <summary>The path to a target, or null.</summary>
    public AddressPath? To(ulong target) => _paths.GetValueOrDefault(target);

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

    // The words come from the target to the root. The last word is the number of the root.
    private void End(int root)
    {
        _objects.Reverse();
        AddressPath path = _long?.Path(root) ?? new AddressPath(root, _objects);
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
