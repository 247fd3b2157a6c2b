namespace LifetimeMonitoring.Graph;

/// <summary>Visits all reachable objects, each once, over any number of calls.</summary>
/// <param name="graph">The objects.</param>
/// <param name="stop">Ends it early.</param>
/// <param name="maxEntries">The memory limit, in entries of a <see cref="VisitQueue"/>.</param>
internal sealed class Traversal(IObjectGraph graph, CancellationToken stop, long maxEntries = long.MaxValue)
{
    private const int VisitsBetweenLooksAtTheClock = 1024;
    private readonly SeenSet _seen = new(graph.SlotCount);
    private readonly Stack<ulong> _pending = new();
    // A pending object takes 8 bytes, and up to three times that for a moment: a growing stack has an old array and a
    // new one twice as large.
    private readonly long _maxPending = Math.Max(1, maxEntries / 2);
    private readonly ReferenceBuffer _references = new();
    private int _visits;

    /// <summary>The cause that stopped it early.</summary>
    public SearchStop StoppedBy { get; private set; }

    /// <summary>The number of objects visited so far.</summary>
    public int Visited => _visits;

    /// <summary>
    /// Excludes an object, and the objects that only it leads to; false when it is no object or was already visited.
    /// </summary>
    public bool Exclude(ulong address) => graph.SlotOf(address) is >= 0 and var slot && _seen.Add(slot);

    /// <summary>The unvisited objects that are reachable from some objects, including these.</summary>
    public IEnumerable<ulong> From(IEnumerable<ulong> roots)
    {
        foreach (ulong root in roots) Meet(root);
        return Run();
    }

    /// <summary>The same from an excluded object.</summary>
    public IEnumerable<ulong> FromExcluded(ulong address)
    {
        _pending.Push(address);
        return Run();
    }

    private IEnumerable<ulong> Run()
    {
        while (StoppedBy == SearchStop.None && _pending.TryPop(out ulong address))
        {
            if (_visits++ % VisitsBetweenLooksAtTheClock == 0 && stop.IsCancellationRequested)
            {
                StoppedBy = SearchStop.Time;
                yield break;
            }

            yield return address;
            MeetReferences(address);
        }
    }

    private void MeetReferences(ulong address)
    {
        long cursor = 0;
        bool more = true;
        while (more && StoppedBy == SearchStop.None)
        {
            _references.Clear();
            more = graph.ReadReferences(address, ref cursor, _references);
            foreach (ulong reference in _references.Items) Meet(reference);
        }
    }

    private void Meet(ulong address)
    {
        if (!Exclude(address)) return;
        if (_pending.Count < _maxPending) _pending.Push(address);
        else StoppedBy = SearchStop.Memory;
    }
}
