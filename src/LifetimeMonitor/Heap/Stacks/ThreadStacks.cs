using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Heap.Stacks;

/// <summary>The threads of a snapshot and the roots on their stacks, without the diagnosis's own thread.</summary>
internal sealed class ThreadStacks
{
    private const int MaxFrames = 500;
    private readonly Dictionary<int, ThreadCapture> _captures;
    private readonly List<DacThread> _threads;
    private readonly MethodTableProof _proof;
    private readonly HeapTypes _types;
    private readonly StackScan _scan;
    private readonly Func<int, string?> _nameOf;
    private readonly ExceptionFrames _frames;

    public ThreadStacks(
        DacRuntime runtime,
        Func<int, string?> nameOf,
        ReadMemory read,
        SegmentMap segments,
        HeapGraph graph,
        HeapTypes types,
        MethodTableProof proof,
        CapturedThreads captured)
    {
        _types = types;
        _proof = proof;
        _nameOf = nameOf;
        _frames = new ExceptionFrames(runtime, captured.StackBaseOf, FrameLayout.OfThisRuntime);
        _captures = ThreadCapture.ById(captured.Threads);
        _threads =
        [
            .. runtime.Threads
                .Where(t => t.IsAlive && t.ManagedThreadId != Environment.CurrentManagedThreadId)
                .OrderBy(t => t.ManagedThreadId),
        ];
        _scan = new StackScan(
            read,
            segments,
            captured.StackBaseOf,
            a => proof.Proves(graph.MethodTableOf(a)) && graph.ObjectAt(a) is not null);
    }

    /// <summary>The operating system's IDs of all managed threads, in the order of their managed IDs.</summary>
    public IEnumerable<int> ThreadIds => _threads.Select(t => t.ThreadId);

    /// <summary>Whether stacks can be scanned.</summary>
    public bool CanScan => _proof.IsAvailable && _captures.Count > 0;

    /// <summary>Threads whose stacks may be incomplete in the snapshot.</summary>
    public IReadOnlyList<int> NotExact() =>
    [
        .. ThreadIds.Where(t =>
            _captures.GetValueOrDefault(t)?.Activity is not (ThreadActivity.Blocked or ThreadActivity.Stopped)),
    ];

    /// <summary>Possible references on the stack of a thread.</summary>
    public IEnumerable<HeapRoot> Scan(int threadId) =>
        _captures.TryGetValue(threadId, out ThreadCapture? thread) ? _scan.Scan(thread) : [];

    /// <summary>
    /// The runtime's own list of the references on a thread's stack, with the frame that holds each. Null when the walk
    /// is not safe: the thread is not blocked, or an exception in flight forbids it (<see cref="ExceptionFrames"/>).
    /// </summary>
    public IReadOnlyList<FrameRoot>? Walk(int threadId)
    {
        if (SafeToWalk(threadId) is not { } thread) return null;
        return
        [
            .. thread.StackRoots().Select(r => new FrameRoot(r.Slot, r.Object, () => FrameOf(r.Frame()))),
        ];
    }

    /// <summary>The methods on a stack, innermost first. Null when the walk is not safe (<see cref="Walk"/>).</summary>
    public IReadOnlyList<HeapMethod>? Frames(int threadId) => SafeToWalk(threadId) is { } thread
        ? [.. thread.Frames(MaxFrames).Select(f => _types.MethodOf(f.Method)).OfType<HeapMethod>()]
        : null;

    /// <summary>The operating system's ID of the thread that runs finalizers, or null.</summary>
    public int? FinalizerThread => _threads.Find(t => t.IsFinalizer)?.ThreadId;

    /// <summary>The managed ID of a thread, or 0.</summary>
    public int ManagedId(int threadId) => Find(threadId)?.ManagedThreadId ?? 0;

    /// <summary>The name the program gave a thread, by its managed ID; null when it has none.</summary>
    public string? NameOfManaged(int managedId) => _nameOf(managedId);

    // Only a frame that is shown needs its place, which takes long to find.
    private HeapFrame? FrameOf(DacFrame? frame) =>
        frame is not null && _types.MethodOf(frame.Method) is { } known ? new HeapFrame(known, frame.Place()) : null;

    private DacThread? SafeToWalk(int threadId) =>
        _captures.GetValueOrDefault(threadId)?.Activity == ThreadActivity.Blocked
        && Find(threadId) is { } thread
        && _frames.MayBeWalked(thread)
            ? thread
            : null;

    private DacThread? Find(int threadId) => _threads.Find(t => t.ThreadId == threadId);
}

/// <summary>A reference on a stack, as the runtime reports it.</summary>
/// <param name="Slot">Its address; 0 for a register.</param>
/// <param name="Object">The object it refers to.</param>
/// <param name="Frame">Finds its frame; null when that is not known.</param>
internal sealed record FrameRoot(ulong Slot, ulong Object, Func<HeapFrame?> Frame);

/// <summary>A method that is running.</summary>
/// <param name="Method">The method.</param>
/// <param name="Offset">The current instruction's offset in intermediate language; negative if not known.</param>
internal sealed record HeapFrame(HeapMethod Method, int Offset);
