using LifetimeMonitoring.Blame;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Naming;
using LifetimeMonitoring.Rendering;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>Searches and names the paths from roots to some objects in one snapshot, with their certainty.</summary>
internal sealed class RetentionAnalysis
{
    private const int MaxRefutedStacks = 4;
    private const string HiddenHandles =
        "Server GC with DATAS hides handles from debuggers (dotnet/runtime#124872): set "
        + "DOTNET_GCDynamicAdaptationMode=0";
    private const string OthersMayHoldIt = "; others may hold it too";

    // The facts beyond the nearest path are worth only a fifth of the time budget.
    private const int ShareForMore = 5;

    // After the end of the time budget the diagnosis may continue for a second (DiagnosisThread). It then describes
    // fewer paths, because otherwise all of them would be lost.
    private static readonly TimeSpan s_longestToTell = TimeSpan.FromMilliseconds(500);
    private static readonly PathSearchResult s_untold =
        new([], PathCertainty.Partial, "the time budget ended before the path was told", ReportWriter.Instance);

    private readonly SnapshotHeap _heap;
    private readonly LifetimeOptions _options;
    private readonly IReadOnlyList<EarlierLeak> _earlier;
    private readonly CancellationToken _stop;
    private readonly StackRoots _stacks;
    private readonly AlternativePathFinder _target;

    public RetentionAnalysis(
        SnapshotHeap heap,
        PathsMode mode,
        int assertingThread,
        IReadOnlyList<EarlierLeak> earlier,
        LifetimeOptions options,
        CancellationToken stop)
    {
        _heap = heap;
        _options = options;
        _earlier = earlier;
        _stop = stop;
        _stacks = new StackRoots(heap, mode);
        // A long search may mean that only a stack holds the object, so the scan runs meanwhile.
        heap.WhileSearched(_stacks.Scan);
        _target = new AlternativePathFinder(
            heap,
            _stacks,
            new PathNamer(
                heap,
                assertingThread,
                options.ShowStrings,
                options.Verbose,
                waiting: typeof(AwaitedCheck<>),
                stop),
            options);
    }

    public DiagnosisResult Search(ulong[] asked)
    {
        if (!_heap.IsSearchable) return new DiagnosisResult(Array.ConvertAll(asked, _ => Nothing(_heap.Doubt)), null);
        Subject[] subjects = Array.ConvertAll(asked, SubjectAt);
        RootedSearch search = Run(subjects);
        // A scan may take a stale word for a reference. The runtime's answer, where available, replaces the scan.
        for (int i = 0; i < MaxRefutedStacks && RootsOnStacks(search, subjects).Any(_stacks.TryRefute); i++)
            search = Run(subjects);

        using var more = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        more.CancelAfter(new Deadline(_options.TimeBudget / ShareForMore).Left);
        using var late = new CancellationTokenSource();
        using CancellationTokenRegistration end = _stop.Register(() => late.CancelAfter(s_longestToTell));
        bool isAlone = subjects.Length == 1;
        PathSearchResult[] results =
        [
            .. subjects.Select(
                s => late.IsCancellationRequested ? s_untold : Describe(search, s, isAlone, more.Token)),
        ];
        return new DiagnosisResult(results, null) { ObjectsSearched = search.Visited };
    }

    // The runtime itself holds a context that is being unloaded. The question is which object holds the loaded code.
    private Subject SubjectAt(ulong asked) => _heap.LoaderAllocatorOfContext(asked) is not 0 and var allocator
        ? new Subject(allocator, Context: asked)
        : new Subject(asked, Context: 0);

    private RootedSearch Run(Subject[] subjects)
    {
        var search = new RootedSearch(_heap, subjects.Select(s => s.Target).Where(t => t != 0), _stop);
        search.Run(_stacks.Roots());
        return search;
    }

    private static IEnumerable<HeapRoot> RootsOnStacks(RootedSearch search, Subject[] subjects) => subjects
        .Select(s => search.Find(s.Target))
        .OfType<RootedPath>()
        .Select(found => found.Root)
        .Where(root => root.Kind == RootKind.Stack)
        .Distinct();

    private PathSearchResult Describe(RootedSearch search, Subject subject, bool isAlone, CancellationToken more)
    {
        ulong target = subject.Target;
        if (target == 0) return Nothing(IncompleteReason());
        if (search.Find(target) is not var (root, path)) return Nothing(NotFoundReason(search));
        // The search that found the object continues, unless it had other targets or has searched the stacks.
        RootedSearch? own = isAlone && root.Kind != RootKind.Stack ? search : null;
        RetainedMemory? retained = _options.MeasureRetained && !more.IsCancellationRequested
            ? (own ?? new RootedSearch(_heap, [target], more)).RetainedBy(target, more)
            : null;
        (CandidatePath nearest, KnownHolder? known, ExcludedEdges cuts) =
            _target.PastKnownHolders(_target.Name(root, path, _stop), target, _stop);
        OtherPaths held = _options.MeasureRetained || _options.MaxPaths > 1
            ? _target.Others(nearest, target, cuts, retained is null ? null : own, more)
            : new OtherPaths([nearest], SuspectIsOnEvery: null, Times: 1, TimesAreAll: false);
        // A hidden handle may hold it too.
        if (_heap.HidesHandles || _heap.Doubt is not null) held = held.WithoutProof();
        string? reason = FoundReason(nearest);
        return new PathSearchResult(
            // Two ways of a test framework to one test class read the same.
            [.. held.Paths.Select(p => Report(p, subject.Context)).DistinctBy(p => p.ToString())],
            Certainty(reason),
            reason,
            ReportWriter.Instance)
        {
            SuspectIsOnEveryPath = held.SuspectIsOnEvery,
            SuspectTimes = held.Times,
            SuspectTimesAreAll = held.TimesAreAll,
            KnownHolder = known,
            Retained = retained,
        };
    }

    private static PathSearchResult Nothing(string? reason) =>
        new([], Certainty(reason), reason, ReportWriter.Instance);

    private RootPath Report(CandidatePath found, ulong context)
    {
        EarlierLeak? earlier = _earlier.FirstOrDefault(
            e => found.Path.Objects.SkipLast(1).Contains(_heap.TargetOf(e.Cell)));
        RootPath path = PathReport.Of(found.Kind, found.Name, found.SuspectStep, ReportWriter.Instance, earlier?.Sentence);
        if (context == 0 || _heap.ObjectAt(context) is not { } loaded) return path;
        string? name = loaded.Reference("_name") is { } text ? _heap.StringAt(text.Address, longest: 60) : null;
        return path.WithLast(name is null ? "AssemblyLoadContext" : $"AssemblyLoadContext \"{name}\"");
    }

    private static PathCertainty Certainty(string? reason) =>
        reason is null ? PathCertainty.Exact : PathCertainty.Partial;

    private string? FoundReason(CandidatePath path)
    {
        if (_heap.Loss is { } loss) return loss;
        if (!_heap.Confirms(path.Root, path.Path)) return "memory on the path does not make sense";
        if (path.Root.IsUnsure) return "how often native code refers to it is not told by this runtime";
        return path.Root.Kind == RootKind.Stack && !_stacks.IsConfirmed(path.Root)
            ? "the stack was scanned for anything that looks like a reference, and the runtime was not asked whether "
                + "it is one"
            : _heap.HidesHandles ? HiddenHandles + OthersMayHoldIt
            : _heap.Doubt is { } doubt ? doubt + OthersMayHoldIt
            : null;
    }

    private string? IncompleteReason() =>
        _heap.Loss ?? (_heap.Unreadable > 0
            ? Quantity.Of(_heap.Unreadable, "object or part of the heap", "objects or parts of the heap")
                + " could not be read"
            : null);

    private string? NotFoundReason(RootedSearch search)
    {
        var reasons = new List<string>();
        if (StopReason.Of(search.StoppedBy, search.Visited, _heap.Graph.SlotCount) is { } stopped)
            reasons.Add(stopped);
        if (_heap.HidesHandles) reasons.Add(HiddenHandles);
        if (_heap.Doubt is { } doubt) reasons.Add(doubt);
        if (!_heap.Version.KeepsStaticsBesideType)
            reasons.Add("before .NET 9 the statics of collectible assemblies are not found");
        if (IncompleteReason() is { } incomplete) reasons.Add(incomplete);
        if (!_heap.Stacks.CanScan) reasons.Add("stacks cannot be scanned on this runtime");
        else if (_heap.Stacks.NotExact().Count is > 0 and var moved)
            reasons.Add(Quantity.Of(moved, "thread", "threads") + " moved while the copy was made");
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }

    /// <summary>The target of the search.</summary>
    /// <param name="Target">The object, or the loader allocator of a context; 0 when it is dead.</param>
    /// <param name="Context">The load context that it stands for; 0 for none.</param>
    private sealed record Subject(ulong Target, ulong Context);
}
