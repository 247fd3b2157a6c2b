using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>
/// The contents of the runtime's handle table, by meaning. The table of static fields is a pinned <c>object[]</c> that
/// a strong handle holds (PinnedHeapHandleTable in the runtime's sources). It is kept apart, because its elements are
/// the roots.
/// </summary>
internal sealed class HandleTable
{
    private readonly List<HeapRoot> _roots = [];
    private readonly List<HeapRoot> _uncounted = [];
    private readonly List<ulong> _staticTables = [];
    private readonly List<ulong> _targets = [];

    public HandleTable(DacRuntime runtime, SegmentMap segments, ReadMemory read)
    {
        ulong objectArray = (ulong)typeof(object[]).TypeHandle.Value;
        // The runtime holds each thread's latest exception by a handle.
        var thrown = new Dictionary<ulong, DacThread>();
        foreach (DacThread thread in runtime.Threads)
        {
            if (thread.TryFindException(out ulong exception) && exception != 0)
                _ = thrown.TryAdd(exception, thread);
        }

        var collectible = new CollectibleStatics();
        foreach (DacHandle handle in runtime.Handles())
        {
            ulong target = handle.Target;
            if (target == 0) continue;
            _targets.Add(target);
            int segment = segments.IndexOf(target);
            if (handle.Kind == HandleKind.Dependent)
                Attach(target, handle, isKeyForEver: segment < 0 || segments.Segments[segment].IsFrozen);
            bool? isStrong = handle.Kind == HandleKind.RefCounted
                ? NativeReferences.Any(handle, read)
                : IsStrong(handle.Kind);
            if (handle.Kind == HandleKind.WeakInteriorPointer && handle.MethodTable == objectArray)
                collectible.AddTable(new HeapRoot(RootKind.StrongHandle, handle.Address, target));
            if (isStrong is null)
                _uncounted.Add(new HeapRoot(RootKind.RefCountedHandle, handle.Address, target) { IsUnsure = true });
            if (isStrong != true) continue;
            collectible.AddRooted(target, read);
            bool isPinned = segment >= 0 && segments.Segments[segment].IsPinned;
            if (isPinned && handle.MethodTable == objectArray)
                _staticTables.Add(target);
            else if (thrown.TryGetValue(target, out DacThread? thread))
                _roots.Add(new HeapRoot(RootKind.ExceptionBeingHandled, handle.Address, target, thread.ThreadId));
            else
                _roots.Add(new HeapRoot(KindOf(handle.Kind), handle.Address, target));
        }

        _roots.AddRange(collectible.RootedTables(read));
        LacksCollectibleStatics = collectible.AreLost;
    }

    /// <summary>Strong handles except those of static tables; dependent ones whose key is never collected.</summary>
    public IReadOnlyList<HeapRoot> Roots => _roots;

    /// <summary>Ref-counted handles that may or may not be strong.</summary>
    public IReadOnlyList<HeapRoot> Uncounted => _uncounted;

    /// <summary>The objects of all handles, including weak ones.</summary>
    public IReadOnlyList<ulong> Targets => _targets;

    /// <summary>The arrays that hold static fields.</summary>
    public IReadOnlyList<ulong> StaticTables => _staticTables;

    /// <summary>There are statics of collectible types that no root leads to.</summary>
    public bool LacksCollectibleStatics { get; }

    /// <summary>Other dependent handles: the value lives as long as the key (ConditionalWeakTable).</summary>
    public Attachments Attached { get; } = new();

    // To the collector a key outside its heap, or in a frozen part of it, is always alive, even without references.
    private void Attach(ulong key, DacHandle handle, bool isKeyForEver)
    {
        ulong value = handle.Dependent;
        if (!isKeyForEver) Attached.Add(key, value);
        else if (value != 0) _roots.Add(new HeapRoot(RootKind.DependentHandle, handle.Address, value) { Key = key });
    }

    private static bool IsStrong(HandleKind kind) =>
        kind is HandleKind.Strong or HandleKind.Pinned or HandleKind.AsyncPinned or HandleKind.SizedRef;

    private static RootKind KindOf(HandleKind kind) => kind switch
    {
        HandleKind.Pinned => RootKind.PinnedHandle,
        HandleKind.AsyncPinned => RootKind.AsyncPinnedHandle,
        HandleKind.RefCounted => RootKind.RefCountedHandle,
        HandleKind.SizedRef => RootKind.SizedReferenceHandle,
        _ => RootKind.StrongHandle,
    };
}
