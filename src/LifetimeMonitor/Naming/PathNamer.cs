using LifetimeMonitor.Graph;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Roots;

namespace LifetimeMonitor.Naming;

/// <summary>Turns a path of addresses into one of names. Only what is on the path is ever named.</summary>
internal sealed class PathNamer(SnapshotHeap heap, int assertingThread, CancellationToken stop)
{
    private readonly ReferenceNamer _references = new(heap);
    private readonly RootNamer _roots = new(heap, assertingThread, stop);

    /// <param name="root">What the path begins at.</param>
    /// <param name="path">The objects on it.</param>
    /// <param name="method">For a stack root: the method whose frame it is in, when it is known.</param>
    public RootPath Name(HeapRoot root, ObjectPath path, string? method)
    {
        RootName name = _roots.Name(root, method);
        IReadOnlyList<ulong> objects = path.Objects;
        var steps = new List<PathStep>(objects.Count);
        int first = name.IsBox && objects.Count > 1 ? 1 : 0;
        string field = first == 1 ? $".{_references.Name(objects[0], objects[1])}" : "";
        steps.Add(new PathStep(name.Words + field + name.Where, TypeName(objects[first])));
        for (int i = first + 1; i < objects.Count; i++)
            steps.Add(new PathStep(_references.Name(objects[i - 1], objects[i]), TypeName(objects[i])));
        return new RootPath(root.Kind, steps);
    }

    private string TypeName(ulong address) => TypeNames.FromRuntimeName(heap.TypeOf(address)?.RuntimeName ?? "?");
}
