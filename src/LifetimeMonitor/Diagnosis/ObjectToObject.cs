using LifetimeMonitor.Blame;
using LifetimeMonitor.Graph;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Roots;
using LifetimeMonitor.Naming;

namespace LifetimeMonitor.Diagnosis;

/// <summary>Searches the path from one object to another.</summary>
internal static class ObjectToObject
{
    public static Findings Search(SnapshotHeap heap, ulong from, ulong to, LifetimeOptions options, CancellationToken stop)
    {
        IPathSearch search = heap.Searches.PathsTo([to], stop);
        search.SearchFrom([from, .. heap.AttachedForEver(from)]);
        string? reason = StopReason.Of(search.StoppedBy, search.Visited, heap.Graph.SlotCount);
        var namer = new PathNamer(heap, assertingThread: 0, options.ShowStrings, options.Verbose, waiting: null, stop);
        RootPath? path = search.PathTo(to) is { } found
            ? PathReport.Of(RootKind.StartingObject, namer.Name(new HeapRoot(RootKind.StartingObject, 0, from), found.Root == 0 ? found.Objects : [from, .. found.Objects], frame: null)).WithoutBlame()
            : null;
        PathCertainty certainty = path is null && reason is not null ? PathCertainty.Partial : PathCertainty.Exact;
        return new Findings([new PathSearchResult(path is null ? [] : [path], certainty, certainty == PathCertainty.Exact ? null : reason)], null)
        {
            ObjectsSearched = search.Visited,
        };
    }
}
