namespace LifetimeMonitoring.Graph;

/// <summary>
/// The references of a path that lie on every path to its target: without one of them, the target cannot be reached.
/// One search finds them all. It follows no reference of the path, and continues behind the objects of the path in
/// turn.
/// </summary>
internal static class PathBridges
{
    /// <param name="search">
    /// A search for all objects of the path, with its references as cuts. It has searched from all roots but that of
    /// the path, and behind its targets.
    /// </param>
    /// <param name="objects">The objects of the path.</param>
    /// <returns>
    /// The indices of the objects that these references lead to, 0 for the root; null when the search stopped.
    /// </returns>
    public static HashSet<int>? Of(IPathSearch search, IReadOnlyList<ulong> objects)
    {
        var bridges = new HashSet<int>();
        int last = objects.Count - 1, begun = 0;
        int reached = Furthest(search, objects, after: -1);
        while (reached < last)
        {
            // Up to the reached object, the path itself leads to each one.
            search.SearchFrom(objects.Skip(begun).Take(reached + 1 - begun));
            if (search.StoppedBy != SearchStop.None) return null;
            begun = reached + 1;
            int next = Furthest(search, objects, reached);
            if (next == reached) _ = bridges.Add(next = reached + 1);
            reached = next;
        }

        return bridges;
    }

    private static int Furthest(IPathSearch search, IReadOnlyList<ulong> objects, int after)
    {
        int index = objects.Count - 1;
        while (index > after && search.PathTo(objects[index]) is null) index--;
        return index;
    }
}
