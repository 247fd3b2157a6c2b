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

    /// <summary>ExcludedEdges the reference that a step of a path stands for; false when it was cut before.</summary>
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
}
