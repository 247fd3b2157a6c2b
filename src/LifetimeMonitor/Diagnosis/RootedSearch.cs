using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// Searches the paths to some objects through the classes of roots, in the order that is best to read and safest to
/// read: statics, thread statics, handles, finalizer queue, and stacks only for objects that none of these explains.
/// </summary>
internal sealed class RootedSearch
{
    private readonly SnapshotHeap _heap;
    private readonly IPathSearch _search;
    private readonly ExcludedEdges? _cuts;
    private readonly List<IReadOnlyList<HeapRoot>> _searched = [];

    /// <param name="heap">The snapshot.</param>
    /// <param name="targets">The objects to find.</param>
    /// <param name="stop">Ends the search early.</param>
    /// <param name="cuts">The references and roots that it does not follow; null for none.</param>
    public RootedSearch(SnapshotHeap heap, IEnumerable<ulong> targets, CancellationToken stop, ExcludedEdges? cuts = null)
    {
        _heap = heap;
        _cuts = cuts;
        _search = heap.Searches.PathsTo(targets, stop, cuts?.References);
    }

    public int Visited => _search.Visited;

    public SearchStop StoppedBy => _search.StoppedBy;

    public bool WasStopped => StoppedBy != SearchStop.None;

    /// <summary>Searches from all roots.</summary>
    /// <param name="stackRoots">The roots on stacks; enumerated only when no other root explains an object.</param>
    public void Run(IEnumerable<HeapRoot> stackRoots)
    {
        // There are no targets, or the search has no memory.
        if (_search.FoundAll || WasStopped) return;
        foreach (IReadOnlyList<HeapRoot> roots in Classes(_heap, stackRoots).Append(_heap.UnsureRoots))
        {
            _searched.Add(roots);
            _search.SearchFrom(Objects(roots, _cuts));
            if (_search.FoundAll || WasStopped) break;
        }

        if (!_search.FoundAll) _search.SearchBehindTargets();
    }

    /// <summary>
    /// After <see cref="Run"/> for the objects of a path without its references: those on every path to its target.
    /// </summary>
    public HashSet<int>? Bridges(IReadOnlyList<ulong> path) => PathBridges.Of(_search, path);

    /// <summary>The classes of roots, best first; each is read on demand.</summary>
    public static IEnumerable<IReadOnlyList<HeapRoot>> Classes(SnapshotHeap heap, IEnumerable<HeapRoot> stackRoots)
    {
        yield return heap.StaticRoots;
        yield return heap.ThreadStaticRoots;
        yield return heap.HandleRoots;
        yield return heap.FinalizerRoots;
        yield return [.. stackRoots];
    }

    /// <summary>
    /// The retained size of the only target of a search without cuts; null when unknown. Afterwards only
    /// <c>HasOtherHolder</c> may be called.
    /// </summary>
    // Without stacks: a stale word there would take objects from the retained size.
    public RetainedMemory? RetainedBy(ulong target, CancellationToken stop) =>
        _search.RetainedBy(target, HeldObjects(_heap), stop) is var (objects, bytes)
            ? new RetainedMemory(objects, bytes)
            : null;

    /// <summary>
    /// Whether anything but one object refers to the only target, found by a search without cuts; null when unknown.
    /// </summary>
    public bool? HasOtherHolder(
        ulong target,
        ulong holder,
        IEnumerable<HeapRoot> stackRoots,
        CancellationToken stop) =>
        _search.HasOtherHolder(
            target,
            holder,
            Objects([.. Classes(_heap, stackRoots).SelectMany(c => c), .. _heap.UnsureRoots], cuts: null),
            stop);

    /// <summary>The objects that certainly are held: those of all roots except stacks.</summary>
    public static IEnumerable<ulong> HeldObjects(SnapshotHeap heap) =>
        Objects(Classes(heap, stackRoots: []).SelectMany(c => c), cuts: null);

    /// <summary>The root and the path of an object, or null.</summary>
    public RootedPath? Find(ulong target) =>
        _search.PathTo(target) is { } path ? new RootedPath(RootOf(path.Root), path) : null;

    // A cut root becomes 0, which is not an object, and keeps its number.
    private static IEnumerable<ulong> Objects(IEnumerable<HeapRoot> roots, ExcludedEdges? cuts)
    {
        foreach (HeapRoot root in roots) yield return cuts?.Allow(root) == false ? 0 : root.Object;
    }

    // Roots are numbered across the classes.
    private HeapRoot RootOf(int number)
    {
        int searched = 0;
        while (number >= _searched[searched].Count) number -= _searched[searched++].Count;
        return _searched[searched][number];
    }
}

/// <summary>A path and its root.</summary>
internal sealed record RootedPath(HeapRoot Root, AddressPath Path);
