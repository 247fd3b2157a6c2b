using LifetimeMonitor.Graph;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Roots;

namespace LifetimeMonitor.Diagnosis;

/// <summary>
/// Searches the paths to some objects through the classes of roots, in the order that is best to read and safest to read:
/// statics, thread statics, handles, finalizer queue, and stacks only for what none of these explains.
/// </summary>
internal sealed class HeapSearch
{
    private readonly SnapshotHeap _heap;
    private readonly IPathSearch _search;
    private readonly Cuts _cuts;
    private readonly List<HeapRoot> _roots = [];

    /// <param name="heap">The snapshot.</param>
    /// <param name="targets">What to find.</param>
    /// <param name="stop">Ends the search before everything is seen.</param>
    /// <param name="cuts">What is not followed; null for nothing.</param>
    public HeapSearch(SnapshotHeap heap, IEnumerable<ulong> targets, CancellationToken stop, Cuts? cuts = null)
    {
        _heap = heap;
        _cuts = cuts ?? new Cuts();
        _search = heap.Searches.PathsTo(targets, stop, _cuts.References);
    }

    public int Visited => _search.Visited;

    public SearchStop StoppedBy => _search.StoppedBy;

    public bool WasStopped => StoppedBy != SearchStop.None;

    /// <summary>Searches from all roots.</summary>
    /// <param name="stackRoots">What the stacks hold; enumerated only when nothing else explains an object.</param>
    public void Run(IEnumerable<HeapRoot> stackRoots)
    {
        foreach (IEnumerable<HeapRoot> roots in Classes(_heap, stackRoots))
        {
            if (_search.FoundAll || WasStopped) break;
            int first = _roots.Count;
            _roots.AddRange(roots.Where(_cuts.Allow));
            _search.SearchFrom(_roots.Skip(first).Select(r => r.Object));
        }

        if (!_search.FoundAll) _search.SearchBehindTargets();
    }

    /// <summary>The classes of roots, best first.</summary>
    public static IEnumerable<HeapRoot>[] Classes(SnapshotHeap heap, IEnumerable<HeapRoot> stackRoots) =>
        [heap.StaticRoots, heap.ThreadStaticRoots, heap.HandleRoots, heap.FinalizerRoots, stackRoots];

    /// <summary>What would be freed with the only target of a search without cuts; with that the search is over. Null when that could not be found out.</summary>
    // Stacks are left out: a word left there would take from the object what is its own.
    public RetainedMemory? RetainedBy(ulong target, CancellationToken stop) =>
        _search.RetainedBy(target, Classes(_heap, stackRoots: []).SelectMany(c => c).Select(r => r.Object), stop) is var (objects, bytes)
            ? new RetainedMemory(objects, bytes)
            : null;

    /// <summary>The root and the path of an object, or null.</summary>
    public (HeapRoot Root, ObjectPath Path)? Find(ulong target) =>
        _search.PathTo(target) is { } path ? (_roots[path.Root], path) : null;
}
