namespace LifetimeMonitor.Graph;

/// <summary>
/// What would be freed with an object: all that is reachable from it and not, without it, from the roots. Exact, by two
/// traversals: one from the roots that does not enter the object, and one from the object over what that one left.
/// </summary>
internal sealed class RetainedSize
{
    private const int VisitsBetweenLooksAtTheClock = 1024;
    private readonly IObjectGraph _graph;
    private readonly CancellationToken _stop;
    private readonly SeenSet _seen;
    private readonly Stack<ulong> _pending = new();
    private readonly ReferenceBuffer _references = new();

    private RetainedSize(IObjectGraph graph, CancellationToken stop)
    {
        _graph = graph;
        _stop = stop;
        _seen = new SeenSet(graph.SlotCount);
    }

    /// <summary>Objects and bytes, the object itself included; null when there was no time.</summary>
    public static (int Objects, long Bytes)? Of(ulong target, IObjectGraph graph, IEnumerable<ulong> roots, CancellationToken stop)
    {
        long slot = graph.SlotOf(target);
        if (slot < 0) return null;
        var traversal = new RetainedSize(graph, stop);
        _ = traversal._seen.Add(slot);
        foreach (ulong root in roots) traversal.Meet(root);
        if (traversal.Run() is null) return null;
        traversal._pending.Push(target);
        return traversal.Run();
    }

    private (int Objects, long Bytes)? Run()
    {
        int objects = 0;
        long bytes = 0;
        while (_pending.TryPop(out ulong address))
        {
            if (objects++ % VisitsBetweenLooksAtTheClock == 0 && _stop.IsCancellationRequested) return null;
            bytes += _graph.SizeOf(address);
            long cursor = 0;
            bool more = true;
            while (more)
            {
                _references.Clear();
                more = _graph.ReadReferences(address, ref cursor, _references);
                foreach (ulong reference in _references.Items) Meet(reference);
            }
        }

        return (objects, bytes);
    }

    private void Meet(ulong address)
    {
        long slot = _graph.SlotOf(address);
        if (slot >= 0 && _seen.Add(slot)) _pending.Push(address);
    }
}
