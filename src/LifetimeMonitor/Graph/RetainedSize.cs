namespace LifetimeMonitor.Graph;

/// <summary>
/// What would be freed with an object: all that is reachable from it and not, without it, from the roots. Exact, by two
/// traversals: one from the roots that does not enter the object, and one from the object over what that one left.
/// </summary>
internal static class RetainedSize
{
    /// <summary>Objects and bytes, the object itself included; null when there was no time.</summary>
    public static (int Objects, long Bytes)? Of(ulong target, IObjectGraph graph, IEnumerable<ulong> roots, CancellationToken stop)
    {
        var traversal = new Traversal(graph, stop);
        if (!traversal.Exclude(target)) return null;
        foreach (ulong _ in traversal.From(roots))
        {
        }

        int objects = 0;
        long bytes = 0;
        if (!traversal.WasStopped)
        {
            foreach (ulong address in traversal.FromExcluded(target))
            {
                objects++;
                bytes += graph.SizeOf(address);
            }
        }

        return traversal.WasStopped ? null : (objects, bytes);
    }
}
