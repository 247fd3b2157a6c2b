using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Roots;
using LifetimeMonitor.Naming;
using LifetimeMonitor.Snapshots;

namespace LifetimeMonitor.Diagnosis;

/// <summary>Searches and names the paths from roots to some objects in one snapshot, and judges how sure they are.</summary>
internal sealed class RootSearch(SnapshotHeap heap, PathsMode mode, int assertingThread, CancellationToken stop)
{
    private const int MaxRefutedStacks = 4;
    private readonly StackEvidence _stacks = new(heap.Stacks, mode);

    public Findings Search(ulong[] targets)
    {
        HeapSearch search = Run(targets);
        // A scan may take a stale word for a reference. Where the runtime can be asked, its answer replaces the scan's.
        for (int i = 0; i < MaxRefutedStacks && StackRoots(search, targets).Any(_stacks.Refutes); i++) search = Run(targets);

        var namer = new PathNamer(heap, assertingThread, stop);
        PathSearchResult[] results = [.. targets.Select(t => Describe(search, namer, t))];
        return new Findings(results, null) { ObjectsSearched = search.Visited };
    }

    private HeapSearch Run(ulong[] targets)
    {
        var search = new HeapSearch(heap, targets.Where(t => t != 0), stop);
        search.Run(_stacks.Roots());
        return search;
    }

    private static IEnumerable<HeapRoot> StackRoots(HeapSearch search, ulong[] targets) => targets
        .Select(search.Find)
        .Where(found => found is { Root.Kind: RootKind.Stack })
        .Select(found => found!.Value.Root)
        .Distinct();

    private PathSearchResult Describe(HeapSearch search, PathNamer namer, ulong target)
    {
        if (target == 0) return new PathSearchResult([], PathCertainty.Exact, null);
        if (search.Find(target) is not var (root, path)) return new PathSearchResult([], Certainty(NotFoundReason(search)), NotFoundReason(search));
        string? method = root.Kind == RootKind.Stack ? _stacks.MethodOf(root) : null;
        RootPath named = namer.Name(root, path, method);
        string? reason = FoundReason(root);
        return new PathSearchResult([named], Certainty(reason), reason);
    }

    private static PathCertainty Certainty(string? reason) => reason is null ? PathCertainty.Exact : PathCertainty.Partial;

    private string? FoundReason(HeapRoot root)
    {
        if (root.Kind == RootKind.Stack && !_stacks.IsConfirmed(root))
            return "the stack was scanned for anything that looks like a reference, and the runtime was not asked whether it is one";
        return null;
    }

    private string? NotFoundReason(HeapSearch search)
    {
        var reasons = new List<string>();
        if (search.WasStopped) reasons.Add($"the time budget ended after {search.Visited:N0} objects");
        if (heap.HidesHandles)
            reasons.Add("Server GC with DATAS hides handles from debuggers (dotnet/runtime#124872): set DOTNET_GCDynamicAdaptationMode=0");
        if (Environment.Version.Major < 9) reasons.Add("before .NET 9 the statics of collectible assemblies are not found");
        if (heap.Unreadable > 0) reasons.Add($"{heap.Unreadable:N0} objects could not be read");
        if (!heap.Stacks.CanScan) reasons.Add("stacks cannot be scanned on this runtime");
        else if (heap.Stacks.NotExact().Count is > 0 and var moved) reasons.Add($"{moved} threads moved while the copy was made");
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }
}
