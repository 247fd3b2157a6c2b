using LifetimeMonitor.Blame;
using LifetimeMonitor.Graph;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Roots;
using LifetimeMonitor.Naming;

namespace LifetimeMonitor.Diagnosis;

/// <summary>From the nearest path to one object: past known holders, to other paths, and to what the object keeps alive.</summary>
internal sealed class TargetSearch(SnapshotHeap heap, StackEvidence stacks, PathNamer namer, LifetimeOptions options)
{
    private const int MaxKnownHolders = 8;
    private readonly KnownHolder[] _known = [.. options.KnownHolders, .. KnownHolder.OfTheFramework];

    public FoundPath Name(HeapRoot root, ObjectPath path)
    {
        if (CollectibleStatic(root, path) is { } field)
            return new FoundPath(root, path.Objects, namer.Name(field, [.. path.Objects.Skip(1)], frame: null)) { Kind = RootKind.StaticField, Skipped = 1 };
        FrameName? frame = root.Kind == RootKind.Stack ? FrameNames.Of(stacks.FrameOf(root)) : null;
        return new FoundPath(root, path.Objects, namer.Name(root, path.Objects, frame));
    }

    /// <summary>The nearest path that no known holder is on, or the first one with the holder it is excused by.</summary>
    public (FoundPath Path, KnownHolder? Known, Cuts Cuts) PastKnownHolders(FoundPath nearest, ulong target, CancellationToken stop)
    {
        var cuts = new Cuts();
        (KnownHolder Holder, NamedStep Step)? first = HolderPattern.FirstOn(nearest.Name, _known);
        FoundPath? path = nearest;
        (KnownHolder Holder, NamedStep Step)? known = first;
        for (int i = 0; i < MaxKnownHolders && known is not null; i++)
        {
            _ = cuts.Add(path, known.Value.Step);
            path = Search(target, cuts, stop, out bool wasStopped);
            if (path is null || wasStopped) break;
            known = HolderPattern.FirstOn(path.Name, _known);
        }

        return path is null || known is not null ? (nearest, first?.Holder, new Cuts()) : (path, null, cuts);
    }

    /// <summary>Paths that avoid the suspect references of those before; and whether the first one's is on every path, when that could be found out.</summary>
    public (IReadOnlyList<FoundPath> Paths, bool? IsOnEvery) Others(FoundPath first, ulong target, Cuts cuts, CancellationToken stop)
    {
        var paths = new List<FoundPath> { first };
        bool? isOnEvery = null;
        while (cuts.Add(paths[^1], paths[^1].Name.Steps[Suspect.Of(paths[^1].Name)]))
        {
            FoundPath? other = Search(target, cuts, stop, out bool wasStopped);
            if (paths.Count == 1 && (other is not null || !wasStopped)) isOnEvery = other is null;
            if (other is null || paths.Count >= options.MaxPaths) break;
            if (HolderPattern.FirstOn(other.Name, _known) is not { } known) paths.Add(other);
            else if (!cuts.Add(other, known.Step)) break;
        }

        // Roots of kinds not shown yet come first.
        return ([.. paths.GroupBy(p => p.Kind).SelectMany(g => g.Select((p, n) => (p, n))).OrderBy(x => x.n).Select(x => x.p)], isOnEvery);
    }

    public RetainedMemory? Retained(ulong target, CancellationToken stop) =>
        RetainedSize.Of(target, heap.Graph, HeapSearch.Classes(heap, stacks.Roots()).SelectMany(c => c).Select(r => r.Object).Where(o => o != target), stop) is var (objects, bytes)
            ? new RetainedMemory(objects, bytes)
            : null;

    // The statics of a type in a collectible assembly lie in an array of their own, held by a handle while it may not unload.
    private HeapRoot? CollectibleStatic(HeapRoot root, ObjectPath path)
    {
        if (root.Kind != RootKind.StrongHandle || path.Objects.Count < 2 || heap.TypeOf(root.Object) is not { RuntimeName: "System.Object[]" }) return null;
        long offset = heap.OffsetOf(root.Object, path.Objects[1]);
        var field = new HeapRoot(RootKind.StaticField, root.Object + (ulong)offset, path.Objects[1]);
        return offset > 0 && heap.StaticFieldOf(field, CancellationToken.None) is not null ? field : null;
    }

    private FoundPath? Search(ulong target, Cuts cuts, CancellationToken stop, out bool wasStopped)
    {
        var search = new HeapSearch(heap, [target], stop, cuts);
        search.Run(stacks.Roots());
        wasStopped = search.WasStopped;
        return search.Find(target) is var (root, path) ? Name(root, path) : null;
    }
}
