using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// Finds the references of a path that lie on every path to its object (<see cref="Graph.PathBridges"/>): cutting one
/// of them frees it.
/// </summary>
internal sealed class SharedReferences(SnapshotHeap heap, StackRoots stacks)
{
    private const int LongestPath = 256;
    private const int MaxSearches = 4;

    /// <summary>Whether two paths have a reference in common; if not, no reference lies on every path.</summary>
    public static bool Overlap(CandidatePath one, CandidatePath other) =>
        one.References.ToHashSet().Overlaps(other.References);

    /// <param name="path">The path.</param>
    /// <param name="excluded">The references and roots that do not count.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The indices of the objects that these references lead to, 0 for the root; null when unknown.</returns>
    public HashSet<int>? Of(CandidatePath path, ExcludedEdges excluded, CancellationToken stop)
    {
        if (path.Path.Gaps.Count > 0 || path.Path.Objects.Count > LongestPath) return null;
        ExcludedEdges cuts = excluded.Copy();
        cuts.AddAll(path);
        for (int i = 0; i < MaxSearches; i++)
        {
            var search = new RootedSearch(heap, path.Path.Objects, stop, cuts);
            search.Run(stacks.Roots());
            if (search.WasStopped) return null;
            HeapRoot[] onStacks =
                [.. path.Path.Objects.Select(o => search.Find(o)?.Root).OfType<HeapRoot>().Where(IsUnsure)];
            if (onStacks.Length == 0) return search.Bridges(path.Path.Objects);
            if (onStacks.Any(stacks.TryRefute)) continue;
            // Our own frames end with the check. An unconfirmed root proves nothing.
            HeapRoot[] ours = Array.FindAll(onStacks, IsOurs);
            if (ours.Length == 0) return onStacks.All(stacks.IsConfirmed) ? search.Bridges(path.Path.Objects) : null;
            foreach (HeapRoot root in ours) cuts.Add(root);
        }

        return null;
    }

    private static bool IsUnsure(HeapRoot root) => root.IsUnsure || root.Kind == RootKind.Stack;

    private bool IsOurs(HeapRoot root) =>
        root.Kind == RootKind.Stack && FrameNames.Of(stacks.FrameOf(root)) is { IsOurs: true };
}
