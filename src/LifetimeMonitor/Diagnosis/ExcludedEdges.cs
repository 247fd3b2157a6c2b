using LifetimeMonitoring.Blame;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>References and roots that a search does not follow, to find other holders of an object.</summary>
internal sealed class ExcludedEdges
{
    private readonly HashSet<Edge> _references = [];
    private readonly HashSet<HeapRoot> _roots = new(new SameToTheReader());

    public IEnumerable<Edge> References => _references;

    /// <summary>The cut reference, when it is the only cut; null otherwise.</summary>
    public Edge? Only => _roots.Count == 0 && _references.Count == 1 ? _references.First() : null;

    public bool Allow(HeapRoot root) => _roots.Count == 0 || !_roots.Contains(root);

    public bool IsEmpty => _roots.Count == 0 && _references.Count == 0;

    /// <summary>The same references and roots, to which others can be added.</summary>
    public ExcludedEdges Copy()
    {
        var copy = new ExcludedEdges();
        copy._references.UnionWith(_references);
        copy._roots.UnionWith(_roots);
        return copy;
    }

    /// <summary>Adds the root of a path and all its references.</summary>
    public void AddAll(CandidatePath path)
    {
        _ = _roots.Add(path.Root);
        _references.UnionWith(path.References);
    }

    public void Add(HeapRoot root) => _roots.Add(root);

    /// <summary>Adds the reference that a step of a path stands for; false when it was cut before.</summary>
    public bool Add(CandidatePath path, NamedStep step)
    {
        int held = step.Object + path.Skipped;
        return held == 0
            ? _roots.Add(path.Root)
            : _references.Add(new Edge(path.Path.HolderOf(held), path.Path.Objects[held]));
    }

    // One local may be in several places of a stack.
    private sealed class SameToTheReader : IEqualityComparer<HeapRoot>
    {
        public bool Equals(HeapRoot? x, HeapRoot? y) =>
            x!.Kind == y!.Kind && x.ThreadId == y.ThreadId && Place(x) == Place(y);

        public int GetHashCode(HeapRoot obj) => Place(obj).GetHashCode();

        private static ulong Place(HeapRoot root) => root.Kind == RootKind.Stack ? root.Object : root.Slot;
    }
}

/// <summary>A path with its name.</summary>
/// <param name="Root">The root that it begins at.</param>
/// <param name="Path">The objects on it.</param>
/// <param name="Name">The path in words.</param>
internal sealed record CandidatePath(HeapRoot Root, AddressPath Path, NamedPath Name)
{
    /// <summary>The user's term for its root; not always the root of the garbage collector.</summary>
    public RootKind Kind { get; init; } = Root.Kind;

    /// <summary>The number of objects before the first named one, which belong to the root.</summary>
    public int Skipped { get; init; }

    /// <summary>The step with the suspect reference.</summary>
    public int SuspectStep { get; init; } = Suspect.Of(Name);

    /// <summary>The references between its objects.</summary>
    public IEnumerable<Edge> References =>
        Enumerable.Range(1, Path.Objects.Count - 1).Select(i => new Edge(Path.HolderOf(i), Path.Objects[i]));

    /// <summary>The index of the object that a step leads to.</summary>
    public int IndexOf(int step) => Name.Steps[step].Object + Skipped;
}
