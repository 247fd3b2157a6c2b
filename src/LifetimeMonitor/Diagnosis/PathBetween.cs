using LifetimeMonitoring.Blame;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Naming;
using LifetimeMonitoring.Rendering;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>Searches the path from one object to another.</summary>
internal static class PathBetween
{
    public static DiagnosisResult Search(
        SnapshotHeap heap,
        ulong from,
        ulong to,
        LifetimeOptions options,
        CancellationToken stop)
    {
        if (!heap.IsSearchable)
        {
            return new DiagnosisResult(
                [new PathSearchResult([], PathCertainty.Partial, heap.Doubt, ReportWriter.Instance)], null);
        }

        IPathSearch search = heap.Searches.PathsTo([to], stop);
        search.SearchFrom([from, .. heap.AttachedForEver(from)]);
        AddressPath? found = search.PathTo(to);
        var namer = new PathNamer(heap, assertingThread: 0, options.ShowStrings, options.Verbose, waiting: null, stop);
        RootPath? path = found is null ? null : Named(found.Root == 0 ? found : found.Behind(from));
        string? reason = found is null ? StopReason.Of(search.StoppedBy, search.Visited, heap.Graph.SlotCount)
            : found.IsConfirmed ? heap.Doubt
            : "memory on the path does not make sense";
        PathCertainty certainty = reason is null ? PathCertainty.Exact : PathCertainty.Partial;
        return new DiagnosisResult(
            [new PathSearchResult(path is null ? [] : [path], certainty, reason, ReportWriter.Instance)],
            null)
        {
            ObjectsSearched = search.Visited,
        };

        RootPath Named(AddressPath objects)
        {
            NamedPath name = namer.Name(new HeapRoot(RootKind.StartingObject, 0, from), objects, frame: null);
            return PathReport
                .Of(RootKind.StartingObject, name, Suspect.Of(name), ReportWriter.Instance)
                .WithoutBlame();
        }
    }
}
