namespace LifetimeMonitor.Graph;

/// <summary>Meets all that is reachable, each object once, over any number of calls.</summary>
/// <param name="graph">The objects.</param>
/// <param name="stop">Ends it before everything is met.</param>
/// <param name="maxEntries">The memory it may take, in entries of a <see cref="VisitQueue"/>.</param>
internal sealed class Traversal(IObjectGraph graph, CancellationToken stop, long maxEntries = long.MaxValue)
{
    private const int VisitsBetweenLooksAtTheClock = 1024;
    private readonly SeenSet _seen = new(graph.SlotCount);
    private readonly Stack<ulong> _pending = new();
    // One that waits takes eight bytes, and for a moment three times that: when the stack grows there is an old one, and a new one twice as large.
    private readonly long _maxPending = Math.Max(1, maxEntries / 2);
    private readonly ReferenceBuffer _references = new();
    private int _visits;

    /// <summary>What stopped it before everything was met.</summary>
    public SearchStop StoppedBy { get; private set; }

    /// <summary>Objects met so far.</summary>
    public int Visited => _visits;

    /// <summary>Keeps an object, and what only it leads to, from being met; false when it is no object, or was met before.</summary>
    public bool Exclude(ulong address) => graph.SlotOf(address) is >= 0 and var slot && _seen.Add(slot);

    /// <summary>What is reachable from some objects and was not met before, the objects included.</summary>
    public IEnumerable<ulong> From(IEnumerable<ulong> roots)
    {
        foreach (ulong root in roots) Meet(root);
        return Run();
    }

    /// <summary>The same from an object that was excluded.</summary>
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
