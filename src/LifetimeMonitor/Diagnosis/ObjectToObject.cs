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
        ObjectPath? found = search.PathTo(to);
        var namer = new PathNamer(heap, assertingThread: 0, options.ShowStrings, options.Verbose, waiting: null, stop);
        RootPath? path = found is not null
            ? PathReport.Of(RootKind.StartingObject, namer.Name(new HeapRoot(RootKind.StartingObject, 0, from), found.Root == 0 ? found : found.Behind(from), frame: null)).WithoutBlame()
            : null;
        string? reason = found is null ? StopReason.Of(search.StoppedBy, search.Visited, heap.Graph.SlotCount) : found.IsConfirmed ? null : "memory on the path does not make sense";
        return new Findings([new PathSearchResult(path is null ? [] : [path], reason is null ? PathCertainty.Exact : PathCertainty.Partial, reason)], null)
        {
            ObjectsSearched = search.Visited,
        };
    }
}
