using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Heap.Stacks;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// The roots on stacks: from scans at first, and for single threads from the runtime. An array of static fields is none:
/// the fields are roots themselves, and the array would hold their objects a second time.
/// </summary>
internal sealed class StackRoots(SnapshotHeap heap, PathsMode mode)
{
    private readonly ThreadStacks _stacks = heap.Stacks;
    private readonly Dictionary<int, IReadOnlyList<FrameRoot>?> _walked = [];
    private readonly Dictionary<int, HeapRoot[]> _scanned = [];

    public IEnumerable<HeapRoot> Roots() => _stacks.ThreadIds.SelectMany(thread =>
        _walked.GetValueOrDefault(thread) is { } walked
            ? walked.Select(r => new HeapRoot(RootKind.Stack, r.Slot, r.Object, thread))
            : Scanned(thread));

    /// <summary>Scans all stacks now, without asking the runtime.</summary>
    public void Scan()
    {
        foreach (int thread in _stacks.ThreadIds) _ = Scanned(thread);
    }

    /// <summary>
    /// Asks the runtime, where that is safe, whether this is a root; true when it is not, and the roots have changed.
    /// </summary>
    public bool TryRefute(HeapRoot root) =>
        !_walked.ContainsKey(root.ThreadId)
        && Walk(root.ThreadId) is { } walked
        && !walked.Any(r => r.Object == root.Object);

    public bool IsConfirmed(HeapRoot root) => Frame(root) is not null;

    /// <summary>The frame that holds the object, when it is known.</summary>
    public HeapFrame? FrameOf(HeapRoot root) => Frame(root)?.Frame();

    private HeapRoot[] Scanned(int thread) => _scanned.TryGetValue(thread, out HeapRoot[]? known)
        ? known
        : _scanned[thread] = [.. _stacks.Scan(thread).Where(r => !IsOfStatics(r.Object))];

    private bool IsOfStatics(ulong address) => heap.StaticTables.Contains(address);

    private FrameRoot? Frame(HeapRoot root) =>
        _walked.GetValueOrDefault(root.ThreadId)?.FirstOrDefault(r => r.Object == root.Object);

    private IReadOnlyList<FrameRoot>? Walk(int thread)
    {
        if (mode != PathsMode.Full) return _walked[thread] = null;
        using IDisposable breadcrumb = LifetimeEngine.Current.Breadcrumb.Lay();
        return _walked[thread] = _stacks.Walk(thread)?.Where(r => !IsOfStatics(r.Object)).ToArray();
    }
}
