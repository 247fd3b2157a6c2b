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
    private readonly ShortestPathSearch _search;
    private readonly List<HeapRoot> _roots = [];

    public HeapSearch(SnapshotHeap heap, IEnumerable<ulong> targets, CancellationToken stop)
    {
        _heap = heap;
        _search = new ShortestPathSearch(heap.Graph, targets, stop);
    }

    public int Visited => _search.Visited;

    public bool WasStopped => _search.WasStopped;

    /// <summary>Searches from all roots.</summary>
    /// <param name="stackRoots">What the stacks hold; enumerated only when nothing else explains an object.</param>
    public void Run(IEnumerable<HeapRoot> stackRoots)
    {
        IEnumerable<HeapRoot>[] classes = [_heap.StaticRoots, _heap.ThreadStaticRoots, _heap.HandleRoots, _heap.FinalizerRoots, stackRoots];
        foreach (IEnumerable<HeapRoot> roots in classes)
        {
            if (_search.FoundAll || _search.WasStopped) break;
            int first = _roots.Count;
            _roots.AddRange(roots);
            _search.SearchFrom(_roots.Skip(first).Select(r => r.Object));
        }

        if (!_search.FoundAll) _search.SearchBehindTargets();
    }

    /// <summary>The root and the path of an object, or null.</summary>
    public (HeapRoot Root, ObjectPath Path)? Find(ulong target) =>
        _search.PathTo(target) is { } path ? (_roots[path.Root], path) : null;
}
