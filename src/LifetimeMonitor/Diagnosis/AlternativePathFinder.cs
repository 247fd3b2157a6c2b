using LifetimeMonitoring.Blame;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// From the nearest path to one object: past known holders, to other paths, and to the objects that it keeps alive.
/// </summary>
internal sealed class AlternativePathFinder(SnapshotHeap heap, StackRoots stacks, PathNamer namer, LifetimeOptions options)
{
    private const int MaxKnownHolders = 32;
    private const int MaxRefutedStacks = 4;
    private const int MaxSearches = 32;
    private const int MaxTwins = 8;
    private readonly SharedReferences _shared = new(heap, stacks);
    private readonly KnownHolder[] _known = [.. options.KnownHolders, .. KnownHolder.OfTheFramework];

    public CandidatePath Name(HeapRoot root, AddressPath path, CancellationToken stop)
    {
        if (StaticInArray(root, path, stop) is { } field)
        {
            NamedPath name = namer.Name(field, path.Part(1, path.Objects.Count), frame: null);
            return new CandidatePath(root, path, name) { Kind = field.Kind, Skipped = 1 };
        }

        FrameName? frame = root.Kind == RootKind.Stack ? FrameNames.Of(stacks.FrameOf(root)) : null;
        return new CandidatePath(root, path, namer.Name(root, path, frame));
    }

    /// <summary>
    /// The nearest path without a known holder, or the first path with the holder that excuses it, preferably a failing
    /// one.
    /// </summary>
    public (CandidatePath Path, KnownHolder? Known, ExcludedEdges ExcludedEdges) PastKnownHolders(
        CandidatePath nearest,
        ulong target,
        CancellationToken stop)
    {
        var cuts = new ExcludedEdges();
        (KnownHolder Holder, NamedStep Step)? first = HolderPattern.FirstOn(nearest.Name, _known);
        CandidatePath? path = nearest;
        (KnownHolder Holder, NamedStep Step)? known = first;
        (CandidatePath Path, KnownHolder? Holder) excused = (nearest, first?.Holder);
        for (int i = 0; i < MaxKnownHolders && known is not null; i++)
        {
            _ = cuts.Add(path, known.Value.Step);
            path = Search(target, cuts, stop, out bool isUnsure);
            if (path is null || isUnsure) break;
            known = HolderPattern.FirstOn(path.Name, _known);
            if (known is { Holder: { Fails: true } failing } && excused.Holder is { Fails: false })
                excused = (path, failing);
        }

        return path is null || known is not null ? (excused.Path, excused.Holder, new ExcludedEdges()) : (path, null, cuts);
    }

    /// <summary>
    /// Paths that avoid the suspect references of the earlier ones; and whether cutting the suspect reference of the
    /// first one frees the object. When it does not, the suspect moves to a reference that all paths share.
    /// </summary>
    /// <param name="first">The nearest path.</param>
    /// <param name="target">The object.</param>
    /// <param name="cuts">The references to known holders.</param>
    /// <param name="exhausted">The search that found the first path, if it has seen all reachable objects.</param>
    /// <param name="stop">Ends it.</param>
    public OtherPaths Others(
        CandidatePath first,
        ulong target,
        ExcludedEdges cuts,
        RootedSearch? exhausted,
        CancellationToken stop)
    {
        ExcludedEdges known = cuts.Copy();
        var paths = new List<CandidatePath> { first };
        int? times = PlacesOf(first);
        int twins = 0;
        bool isAll = false, isShared = false;
        CandidatePath last = first;
        for (int i = 0; i < MaxSearches && !stop.IsCancellationRequested; i++)
        {
            if (!cuts.Add(last, last.Name.Steps[Suspect.Of(last.Name)])) break;
            bool isUnsure = false;
            if (IsHeldByNothingElse(target, cuts, exhausted, stop)
                || Search(target, cuts, stop, out isUnsure) is not { } other)
            {
                isAll = !isUnsure;
                break;
            }

            // Inconsistent memory proves no path.
            if (!heap.Confirms(other.Root, other.Path)) break;
            last = other;
            // Our own frames end with the check.
            if (other.Name.Frame is { IsOurs: true }) continue;
            if (paths.Find(p => p.Name.Text == other.Name.Text) is { } twin)
            {
                if (twin == paths[0] && IsAnother(other)) times += PlacesOf(other);
                if (++twins < MaxTwins) continue;
                break;
            }

            if (paths.Count == 1 && !isShared && SharedSuspect(first, other, known, stop) is { } suspect)
            {
                isShared = true;
                paths[0] = first with { SuspectStep = suspect };
                times = PlacesOf(paths[0]);
            }

            // A reader cuts the shared reference, and needs no path that differs only below it.
            if (isShared && !DiffersAbove(paths[0], other)) break;
            if (paths.Count >= options.MaxPaths) break;
            if (HolderPattern.FirstOn(other.Name, _known) is not { } holder)
                paths.Add(isShared ? other with { SuspectStep = SameStep(paths[0], other) } : other);
            else if (!cuts.Add(other, holder.Step)) break;
        }

        bool isProven = known.IsEmpty && (isShared || (isAll && paths.Count == 1));
        bool? isOnEvery = times > 1 || (paths.Count > 1 && !isShared) ? false : isProven && times == 1 ? true : null;
        // Kinds of roots that are not shown yet come first.
        return new OtherPaths(
            [.. paths.OrderBy(p => paths.TakeWhile(q => q != p).Count(q => q.Kind == p.Kind))],
            isOnEvery,
            times ?? 1,
            TimesAreAll: isProven && twins < MaxTwins);
    }

    // In how many places the last object before the suspect reference holds the object behind it. An attached object
    // has no place in its key.
    private int? PlacesOf(CandidatePath path) => path.IndexOf(path.SuspectStep) is > 0 and var held
        ? heap.Graph.PlacesOf(path.Path.HolderOf(held), path.Path.Objects[held]) is { } places
            ? Math.Max(1, places)
            : null
        : 1;

    // Two roots of one static or two slots of one local are the same to the reader; two handles are not.
    private static bool IsAnother(CandidatePath twin) =>
        twin.IndexOf(twin.SuspectStep) > 0
        || twin.Root.Kind is RootKind.StrongHandle or RootKind.PinnedHandle or RootKind.RefCountedHandle;

    private int? SharedSuspect(CandidatePath first, CandidatePath other, ExcludedEdges known, CancellationToken stop)
    {
        if (!SharedReferences.Overlap(first, other)) return null;
        return _shared.Of(first, known, stop) is { Count: > 0 } shared
            ? Suspect.Among(first.Name, step => shared.Contains(first.IndexOf(step)))
            : null;
    }

    private static bool DiffersAbove(CandidatePath first, CandidatePath other)
    {
        int same = SameStep(first, other);
        return !(first.Root.Kind == RootKind.Stack && other.Root.Kind == RootKind.Stack)
            && !first.Name.Steps.Take(first.SuspectStep).Select(s => s.Words)
                .SequenceEqual(other.Name.Steps.Take(same).Select(s => s.Words));
    }

    // The step of another path that stands for the suspect reference of the first one.
    private static int SameStep(CandidatePath first, CandidatePath other)
    {
        ulong held = first.Path.Objects[first.IndexOf(first.SuspectStep)];
        for (int i = 0; i < other.Name.Steps.Count; i++)
        {
            if (other.Path.Objects[other.IndexOf(i)] == held) return i;
        }

        return other.SuspectStep;
    }

    // An exhausted search need not be repeated to know that the object has no other holder than the cut one.
    private bool IsHeldByNothingElse(ulong target, ExcludedEdges cuts, RootedSearch? exhausted, CancellationToken stop) =>
        cuts.Only is { } only
        && only.Held == target
        && exhausted?.HasOtherHolder(target, only.Holder, stacks.Roots(), stop) == false;

    // The statics of a type in a collectible assembly are in an array of their own, which a handle holds while the
    // assembly may not unload. Before .NET 9 the same is true of the thread statics of each thread.
    private HeapRoot? StaticInArray(HeapRoot root, AddressPath path, CancellationToken stop)
    {
        if (root.Kind != RootKind.StrongHandle
            || path.Objects.Count < 2
            || heap.TypeOf(root.Object) is not { RuntimeName: "System.Object[]" })
            return null;
        long offset = heap.OffsetOf(root.Object, path.Objects[1]);
        if (offset < 0) return null;
        var field = new HeapRoot(RootKind.StaticField, root.Object + (ulong)offset, path.Objects[1]);
        if (heap.ThreadOfStatic(field.Slot, stop) is { } thread)
            return field with { Kind = RootKind.ThreadStaticField, ThreadId = thread };
        return heap.StaticFieldOf(field, stop) is not null ? field : null;
    }

    // A root from a stack scan may be a stale word: it explains an object, but does not prove another holder.
    private CandidatePath? Search(ulong target, ExcludedEdges cuts, CancellationToken stop, out bool isUnsure)
    {
        for (int i = 0; ; i++)
        {
            var search = new RootedSearch(heap, [target], stop, cuts);
            search.Run(stacks.Roots());
            RootedPath? found = search.Find(target);
            isUnsure = search.WasStopped;
            if (found is not var (root, path)) return null;
            if (root.IsUnsure)
            {
                isUnsure = true;
                return null;
            }

            if (root.Kind != RootKind.Stack) return Name(root, path, stop);
            if (i < MaxRefutedStacks && stacks.TryRefute(root)) continue;
            isUnsure = !stacks.IsConfirmed(root);
            return isUnsure ? null : Name(root, path, stop);
        }
    }
}
