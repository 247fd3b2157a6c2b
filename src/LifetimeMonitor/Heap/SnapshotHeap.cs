using System.Runtime.InteropServices;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Heap.Searching;
using LifetimeMonitoring.Heap.Stacks;
using LifetimeMonitoring.Heap.Statics;
using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Heap;

/// <summary>The heap in a snapshot of this process: its graph, its roots and the names of its objects.</summary>
internal sealed class SnapshotHeap : IDisposable
{
    private const long LargeSize = 64 * 1024; // large enough to ask the clone instead of copying
    private static readonly ulong s_string = (ulong)typeof(string).TypeHandle.Value;
    private const long MemoryToReadAgain = 32 << 20;
    private readonly DacRuntime _runtime;
    private readonly ReadMemory _read;
    private readonly SegmentMap _segments;
    private readonly HeapMemory _memory;
    private readonly HeapMemory _again;
    private readonly HeapGraph _graph;
    private readonly HandleTable _handles;
    private readonly MethodTableProof _proof;
    private readonly HeapTypes _types;
    private readonly StaticFields _statics;
    private readonly MethodTableReader _methodTables;
    private readonly ThreadStaticRoots _threadStatics;
    private readonly CloneSnapshot? _clone;
    private HeapRoot[]? _staticRoots;
    private HashSet<ulong>? _staticTables;
    private HeapRoot[]? _threadStaticRoots;
    private HeapRoot[]? _finalizerRoots;
    private int _missing;
    private readonly InCloneSearchFactory? _inside;
    private readonly Dictionary<Edge, long> _offsetsInLarge = [];

    private SnapshotHeap(
        DacRuntime runtime,
        ProcessSnapshot snapshot,
        HeapCaches caches,
        bool searchInside,
        long memoryBudget)
    {
        _runtime = runtime;
        Version = caches.Version;
        IsSearchable = MethodTableLayout.IsAsExpected(runtime.Read);
        _clone = snapshot as CloneSnapshot;
        _read = _clone is null ? runtime.Read : _clone.Read;
        _segments = new SegmentMap(runtime.Segments());
        _clone?.ExpectWrites([.. runtime.RangesMarkedByPages()]);

        bool isSearchedInside = searchInside && _clone is not null;
        _memory = new HeapMemory(
            caches.Scratch, _segments, _read, Math.Min(memoryBudget, HeapMemory.MaxBytes), isSearchedInside);
        _handles = new HandleTable(_runtime, _segments, _read);
        _proof = new MethodTableProof(runtime.Read, a => _segments.IndexOf(a) >= 0);
        Func<ulong, ulong> loaderAllocatorOf = m => _proof.Allows(m) ? LoaderAllocatorOf(m) : 0;
        _methodTables = new MethodTableReader(runtime.Read, loaderAllocatorOf);
        _graph = new HeapGraph(_segments, _memory, _methodTables, _handles.Attached);
        _inside = isSearchedInside
            ? new InCloneSearchFactory(_clone!.Channel, _segments, _handles.Attached, loaderAllocatorOf, memoryBudget)
            : null;
        _again = new HeapMemory(caches.Scratch, _segments, _read, MemoryToReadAgain, expectsLittle: true);
        Searches = _inside as IPathSearchFactory
            ?? new ManagedSearchFactory(_graph, memoryBudget, new ReferenceKinds(GraphReadAgain(), _handles.Attached));
        SearchMemory = new SearchMemory(memoryBudget, _graph.SlotCount);
        _types = new HeapTypes(_runtime, runtime.Read, _proof);
        _threadStatics = new ThreadStaticRoots(_read, _graph, [.. _runtime.Threads.Where(t => t.IsAlive)]);
        _statics = new StaticFields(_runtime, _read, _types, caches.Storages);
        Stacks = new ThreadStacks(
            _runtime, new ThreadNames(this, _handles).Of, ReadRoots, _segments, _graph, _types, _proof,
            CapturedThreads.In(snapshot, _runtime));
    }

    /// <param name="snapshot">The snapshot.</param>
    /// <param name="caches">The memory and the knowledge that snapshots share.</param>
    /// <param name="searchInside">A clone searches itself; all other snapshots are searched from outside.</param>
    /// <param name="memoryBudget">Maximum bytes of a search's visited set and queue, and of copied memory.</param>
    /// <exception cref="SnapshotRefusedException">The snapshot cannot be opened.</exception>
    public static SnapshotHeap Open(
        ProcessSnapshot snapshot,
        HeapCaches caches,
        bool searchInside,
        long memoryBudget = long.MaxValue)
    {
        DacRuntime runtime = DacRuntime.Open(snapshot, caches.Scratch);
        try
        {
            return new SnapshotHeap(runtime, snapshot, caches, searchInside, memoryBudget);
        }
        catch
        {
            runtime.Dispose();
            throw;
        }
    }

    /// <summary>Its objects and their references, read from outside.</summary>
    public HeapGraph Graph => _graph;

    public SearchMemory SearchMemory { get; }

    public IPathSearchFactory Searches { get; }

    /// <summary>Runs work once during a longer search in a clone; it may read the snapshot, not search it.</summary>
    public void WhileSearched(Action work)
    {
        if (_inside is not null) _clone!.Channel.DoWhileBusy(work);
    }

    /// <summary>Invalid objects, which were not followed, and unreadable parts of the heap and of roots.</summary>
    public int Unreadable => _graph.Unreadable + (_inside?.Unreadable ?? 0) + _memory.Missing + _missing;

    /// <summary>Why the snapshot is no longer readable; null while it is.</summary>
    public string? Loss => _clone?.Loss();

    public ThreadStacks Stacks { get; }

    /// <summary>The version of the runtime, by which the layout of its structures is chosen.</summary>
    public RuntimeVersion Version { get; }

    /// <summary>Whether objects can be read: the method tables of this runtime look as expected.</summary>
    public bool IsSearchable { get; }

    /// <summary>
    /// The reason why no path is exact here: the runtime is newer than the known ones, or a structure of the runtime
    /// is not as expected. Null on a known runtime. Roots that were not read yet are not doubted.
    /// </summary>
    public string? Doubt => RuntimeDoubt.Of(
        this,
        _handles,
        threadStaticsAreMissing: _threadStaticRoots is not null && !_threadStatics.WereFound);

    /// <summary>Server GC that adapts its heap count hides handles from the DAC.</summary>
    public bool HidesHandles => _runtime.IsServerGC && Version.HidesHandlesOfAdaptingHeaps && !GCAdaptation.IsOff();

    /// <summary>The object a handle refers to, read in the snapshot; 0 when it is dead there.</summary>
    public ulong TargetOf(nint handle)
    {
        if (!_read.TryRead((ulong)handle & ~HandleLayout.IsPinned, out ulong target)) _missing++;
        return target;
    }

    public IReadOnlyList<HeapRoot> StaticRoots => _staticRoots ??= [.. Roots.StaticRoots.In(StaticTables, ReadRoots)];

    /// <summary>The arrays that hold static fields. A collector that adapts its heap count hides their handles.</summary>
    public IReadOnlySet<ulong> StaticTables => _staticTables ??= HidesHandles
        ? _handles.StaticTables.Union(_runtime.StaticTables()).ToHashSet()
        : _handles.StaticTables.ToHashSet();

    public IReadOnlyList<HeapRoot> ThreadStaticRoots => _threadStaticRoots ??= [.. _threadStatics.All()];

    public IReadOnlyList<HeapRoot> HandleRoots => _handles.Roots;

    /// <summary>Possible roots: they explain only objects that no certain root holds.</summary>
    public IReadOnlyList<HeapRoot> UnsureRoots => _handles.Uncounted;

    public IReadOnlyList<HeapRoot> FinalizerRoots => _finalizerRoots ??= [.. Roots.FinalizerRoots.Of(_runtime, ReadRoots)];

    /// <summary>Tells the instances of some types from other objects.</summary>
    public Func<ulong, bool> InstancesOf(IReadOnlyList<Type> types)
    {
        var test = new TypeTest(types, _proof, _methodTables.IsCollectible);
        return address => test.Matches(_graph.MethodTableOf(address)) && _graph.ObjectAt(address) is not null;
    }

    public HeapType? TypeOf(ulong address) => _types.At(address, _graph.MethodTableOf(address));

    /// <summary>The type of a type handle, or null, as for handles of pointers and type parameters.</summary>
    public HeapType? TypeOfHandle(ulong handle) => _proof.Proves(handle) ? _types.At(handle) : null;

    public HeapObject? ObjectAt(ulong address) => TypeOf(address) is { } type ? new HeapObject(this, address, type) : null;

    public HeapValue ValueAt(ulong address, HeapType? declared, bool isReference) => new(this, address, declared, isReference);

    /// <summary>The method a delegate calls, or null when the runtime does not know it.</summary>
    public HeapMethod? MethodOf(ulong @delegate)
    {
        if (ObjectAt(@delegate) is not { Type.IsDelegate: true } found) return null;
        return _types.MethodOf(
            MethodAt(found.Number<ulong>(FrameworkFields.DelegateCode))
            ?? MethodAt(found.Number<ulong>(FrameworkFields.DelegateStaticCode)));
    }

    /// <summary>
    /// The place at which an async method of .NET 11 (runtime async) is suspended; null when the runtime does not know
    /// it, and for other objects.
    /// </summary>
    public HeapFrame? SuspensionOf(ulong continuation) =>
        ContinuationLayout.OfThisRuntime.Value is { } layout
        && _proof.ProvesContinuation(_graph.MethodTableOf(continuation))
        && _read.TryRead(continuation + (ulong)layout.ResumeInfo, out ulong resumeInfo)
        && _read.TryRead(resumeInfo + (ulong)layout.DiagnosticIP, out ulong code)
        && code != 0
        && _runtime.FrameAt(code) is { } frame
        && _types.MethodOf(frame.Method) is { } method
            ? new HeapFrame(method, frame.Place())
            : null;

    private DacMethod? MethodAt(ulong? code) => code is > 0 ? _runtime.MethodAt(code.Value) : null;

    internal bool TryRead<T>(ulong address, out T value)
        where T : unmanaged => _read.TryRead(address, out value);

    /// <summary>The first characters of a string; null for another object.</summary>
    public string? StringAt(ulong address, int longest)
    {
        if (_graph.MethodTableOf(address) != s_string
            || !_read.TryRead(address + ObjectLayout.LengthOffset, out int length)
            || length < 0)
        {
            return null;
        }

        char[] characters = new char[Math.Min(length, longest)];
        int read = _read(address + ObjectLayout.CharactersOffset, MemoryMarshal.AsBytes(characters.AsSpan()));
        return read == characters.Length * sizeof(char) ? new string(characters) : null;
    }

    /// <summary>The static or thread static field of a root, or null when none is known.</summary>
    public StaticField? StaticFieldOf(HeapRoot root, CancellationToken stop) => _statics.Of(root, stop);

    /// <summary>A static field that refers to an object, or null when none is known.</summary>
    public StaticField? StaticFieldThatHolds(ulong held, CancellationToken stop) =>
        StaticRoots.Where(r => r.Object == held).Select(r => StaticFieldOf(r, stop)).FirstOrDefault(f => f is not null);

    /// <summary>The root of a collectible type's thread static, by its address in its storage; or null.</summary>
    public HeapRoot? ThreadStaticOfCollectible(ulong storage, ulong slot, ulong held) =>
        _threadStatics.OfCollectible(storage, slot, held);

    /// <summary>The loader allocator that keeps a load context loaded, or 0; an empty context has none.</summary>
    public ulong LoaderAllocatorOfContext(ulong context) =>
        new LoadContexts(_runtime, _read, TypeOf).LoaderAllocatorOf(context);

    /// <summary>Before .NET 9: the thread whose thread static lies at an address, or null.</summary>
    public int? ThreadOfStatic(ulong slot, CancellationToken stop) => _statics.ThreadOf(slot, stop);

    /// <summary>The offset of an object's first reference to another one; -1 for an attached value.</summary>
    public long OffsetOf(ulong holder, ulong held)
    {
        if (_inside is null || _graph.SizeOf(holder) < LargeSize) return _graph.OffsetOf(holder, held);
        Edge reference = new(holder, held);
        return _offsetsInLarge.TryGetValue(reference, out long offset)
            ? offset
            : _offsetsInLarge[reference] = _inside.OffsetOf(holder, held);
    }

    /// <summary>Whether new reads of single words confirm the path, which the search found in large blocks.</summary>
    public bool Confirms(HeapRoot root, AddressPath path) =>
        new PathConfirmation(this, _read, _memory).Confirms(root, path);

    /// <summary>The shape of a multidimensional array; its lengths and lower bounds precede the elements.</summary>
    public ArrayShape ArrayAt(ulong array, HeapType type)
    {
        const int BoundsOffset = ObjectLayout.ElementsOffset;
        int rank = (type.ElementsOffset - BoundsOffset) / sizeof(ulong);
        if (rank < 2) return ArrayShape.OneDimension;
        int[] bounds = MemoryMarshal.Cast<byte, int>(_memory.Read(array + BoundsOffset, rank * sizeof(ulong))).ToArray();
        return bounds.Length < rank * 2 ? ArrayShape.OneDimension : new ArrayShape(bounds[..rank], bounds[rank..]);
    }

    public bool IsAttached(ulong holder, ulong held) =>
        _handles.Attached.To(holder)?.Contains(held) == true || AttachedForEver(holder).Contains(held);

    /// <summary>The values attached to an object that is never collected; to the search they are roots.</summary>
    public IEnumerable<ulong> AttachedForEver(ulong key) => _handles.Roots.Where(r => r.Key == key).Select(r => r.Object);

    public void Dispose()
    {
        _memory.Dispose();
        _again.Dispose();
        _runtime.Dispose();
    }

    private HeapGraph GraphReadAgain() => new(_segments, _again, _methodTables, _handles.Attached);

    // The runtime says where roots are, so an unreadable part is missing.
    private int ReadRoots(ulong address, Span<byte> buffer)
    {
        int read = _read(address, buffer);
        if (read < buffer.Length) _missing++;
        return read;
    }

    private ulong LoaderAllocatorOf(ulong methodTable)
    {
        ulong handle = _runtime.TypeOf(methodTable)?.LoaderAllocatorHandle ?? 0;
        return handle != 0 && _read.TryRead(handle, out ulong allocator) ? allocator : 0;
    }
}
