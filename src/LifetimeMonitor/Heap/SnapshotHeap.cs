using System.Runtime.InteropServices;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.Opening;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Heap.Searching;
using LifetimeMonitoring.Heap.Statics;
using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap;

/// <summary>The heap in a snapshot of this process: its graph, its roots and the names of its objects.</summary>
internal sealed class SnapshotHeap : IDisposable
{
    private const int HeaderSize = 16;
    private const long LargeSize = 64 * 1024; // large enough to ask the clone instead of copying
    private static readonly ulong s_string = (ulong)typeof(string).TypeHandle.Value;
    private const long MemoryToReadAgain = 32 << 20;
    private readonly ClrRuntime _runtime;
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
    private HeapRoot[]? _threadStaticRoots;
    private HeapRoot[]? _finalizerRoots;
    private int _missing;
    private readonly InCloneSearchFactory? _inside;
    private readonly Dictionary<Edge, long> _offsetsInLarge = [];

    private SnapshotHeap(ClrRuntime runtime, ProcessSnapshot snapshot, StaticStorageCache storages, bool searchInside, long memoryBudget)
    {
        _runtime = runtime;
        IDataReader reader = _runtime.DataTarget.DataReader;
        _clone = snapshot as CloneSnapshot;
        _read = _clone is null ? reader.Read : _clone.Read;
        _segments = new SegmentMap(_runtime.Heap.Segments.Select(SegmentOf));
        if (_clone is not null)
        {
            _clone.WrittenSoon = [.. _runtime.Heap.Segments.Where(IsMarkedByPages)
                .Select(s => new AddressRange(s.ObjectRange.Start, s.ObjectRange.End))];
        }

        bool isSearchedInside = searchInside && _clone is not null;
        _memory = new HeapMemory(_segments, _read, Math.Min(memoryBudget, HeapMemory.MaxBytes), expectsLittle: isSearchedInside);
        _handles = new HandleTable(_runtime, _segments, _read);
        _proof = new MethodTableProof(reader.Read, a => _segments.IndexOf(a) >= 0);
        Func<ulong, ulong> loaderAllocatorOf = m => _proof.Allows(m) ? LoaderAllocatorOf(m) : 0;
        _methodTables = new MethodTableReader(reader.Read, loaderAllocatorOf);
        _graph = new HeapGraph(_segments, _memory, _methodTables, _handles.Attached);
        _inside = isSearchedInside
            ? new InCloneSearchFactory(_clone!.Channel, _segments, _handles.Attached, loaderAllocatorOf, memoryBudget)
            : null;
        _again = new HeapMemory(_segments, _read, MemoryToReadAgain, expectsLittle: true);
        Searches = _inside as IPathSearchFactory
            ?? new ManagedSearchFactory(_graph, memoryBudget, new ReferenceKinds(GraphReadAgain(), _handles.Attached));
        SearchMemory = new SearchMemory(memoryBudget, _graph.SlotCount);
        _types = new HeapTypes(_runtime, reader.Read, _proof);
        _threadStatics = new ThreadStaticRoots(_read, _graph, [.. _runtime.Threads.Where(t => t.IsAlive)]);
        _statics = new StaticFields(_runtime, _read, _types, storages);
        Stacks = new ThreadStacks(
            _runtime, new ThreadNames(this, _handles), ReadRoots, _segments, _graph, _types, _proof,
            CapturedThreads.In(snapshot, _runtime));
    }

    /// <param name="snapshot">The snapshot.</param>
    /// <param name="storages">Where types keep their statics, from earlier snapshots of this process.</param>
    /// <param name="searchInside">A clone searches itself; all other snapshots are searched from outside.</param>
    /// <param name="memoryBudget">Maximum bytes of a search's visited set and queue, and of copied memory.</param>
    /// <exception cref="SnapshotRefusedException">The snapshot cannot be opened.</exception>
    public static SnapshotHeap Open(
        ProcessSnapshot snapshot, StaticStorageCache storages, bool searchInside, long memoryBudget = long.MaxValue)
    {
        ClrRuntime runtime = RuntimeOpener.Open(snapshot);
        try
        {
            return new SnapshotHeap(runtime, snapshot, storages, searchInside, memoryBudget);
        }
        catch
        {
            Close(runtime);
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
        if (_inside is not null) _clone!.Channel.WhileBusy = work;
    }

    /// <summary>Invalid objects, which were not followed, and unreadable parts of the heap and of roots.</summary>
    public int Unreadable => _graph.Unreadable + (_inside?.Unreadable ?? 0) + _memory.Missing + _missing;

    /// <summary>The snapshot is no longer readable: the system killed it, or forbids access.</summary>
    public bool IsLost => _clone is { } clone && !clone.IsReadable();

    public ThreadStacks Stacks { get; }

    /// <summary>Server GC that adapts its heap count (DATAS) hides handles from the DAC until .NET 11 (dotnet/runtime#124872).</summary>
    public bool HidesHandles => _runtime.Heap.IsServer && Environment.Version.Major < 11 && !IsAdaptationOff();

    /// <summary>The object a handle refers to, read in the snapshot; 0 when it is dead there.</summary>
    public ulong TargetOf(nint handle)
    {
        if (!_read.TryRead((ulong)handle & ~1UL, out ulong target)) _missing++;
        return target;
    }

    public IReadOnlyList<HeapRoot> StaticRoots => _staticRoots ??= [.. Roots.StaticRoots.In(StaticTables(), ReadRoots)];

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
        // For a static method the first field leads to a stub, and the second one to the method.
        return _types.MethodOf(MethodAt(found.Number<ulong>("_methodPtr")) ?? MethodAt(found.Number<ulong>("_methodPtrAux")));
    }

    private ClrMethod? MethodAt(ulong? code) => code is > 0 ? _runtime.GetMethodByInstructionPointer(code.Value) : null;

    internal bool TryRead<T>(ulong address, out T value)
        where T : unmanaged => _read.TryRead(address, out value);

    /// <summary>The first characters of a string; null for another object.</summary>
    public string? StringAt(ulong address, int longest)
    {
        const int LengthOffset = 8, CharactersOffset = 12;
        if (_graph.MethodTableOf(address) != s_string || !_read.TryRead(address + LengthOffset, out int length) || length < 0) return null;
        char[] characters = new char[Math.Min(length, longest)];
        int read = _read(address + CharactersOffset, MemoryMarshal.AsBytes(characters.AsSpan()));
        return read == characters.Length * sizeof(char) ? new string(characters) : null;
    }

    /// <summary>The static or thread static field of a root, or null when none is known.</summary>
    public StaticField? StaticFieldOf(HeapRoot root, CancellationToken stop) => _statics.Of(root, stop);

    /// <summary>A static field that refers to an object, or null when none is known.</summary>
    public StaticField? StaticFieldThatHolds(ulong held, CancellationToken stop) =>
        StaticRoots.Where(r => r.Object == held).Select(r => StaticFieldOf(r, stop)).FirstOrDefault(f => f is not null);

    /// <summary>The root of a collectible type's thread static, by its address in its storage; or null.</summary>
    public HeapRoot? ThreadStaticOfCollectible(ulong storage, ulong slot, ulong held) => _threadStatics.OfCollectible(storage, slot, held);

    /// <summary>The loader allocator that keeps a load context loaded, or 0; an empty context has none.</summary>
    public ulong LoaderAllocatorOfContext(ulong context) => new LoadContexts(_runtime, _read, TypeOf).LoaderAllocatorOf(context);

    /// <summary>Before .NET 9: the thread whose thread static lies at an address, or null.</summary>
    public int? ThreadOfStatic(ulong slot, CancellationToken stop) => _statics.ThreadOf(slot, stop);

    /// <summary>The offset of an object's first reference to another one; -1 for an attached value.</summary>
    public long OffsetOf(ulong holder, ulong held)
    {
        if (_inside is null || _graph.SizeOf(holder) < LargeSize) return _graph.OffsetOf(holder, held);
        var reference = new Edge(holder, held);
        return _offsetsInLarge.TryGetValue(reference, out long offset)
            ? offset
            : _offsetsInLarge[reference] = _inside.OffsetOf(holder, held);
    }

    /// <summary>Whether new reads of single words confirm the path, which the search found in large blocks.</summary>
    // The objects left out of a path were read anew when it was shortened.
    public bool Confirms(HeapRoot root, AddressPath path)
    {
        // A word on a stack may point into the middle of its object.
        if (root is { Kind: not RootKind.Stack, Slot: not 0 }
            && (!_read.TryRead(root.Slot, out ulong first) || first != (root.Key != 0 ? root.Key : root.Object)))
        {
            return false;
        }

        for (int i = 0; i < path.Objects.Count; i++)
        {
            ulong address = path.Objects[i];
            // Its type, and the length of an array.
            if (TypeOf(address) is null || !_read.TryRead(address, out UInt128 header)) return false;
            if (!MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in header)).SequenceEqual(_memory.Read(address, HeaderSize))) return false;
            if (i == 0) continue;
            ulong holder = path.HolderOf(i);
            if (OffsetOf(holder, address) is not (>= 0 and var offset)) continue;
            if (!_read.TryRead(holder + (ulong)offset, out ulong held) || held != address) return false;
        }

        return path.IsConfirmed;
    }

    /// <summary>The shape of a multidimensional array; its lengths and lower bounds precede the elements.</summary>
    public ArrayShape ArrayAt(ulong array, HeapType type)
    {
        const int BoundsOffset = 16;
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
        Close(_runtime);
    }

    private HeapGraph GraphReadAgain() => new(_segments, _again, _methodTables, _handles.Attached);

    // The runtime says where roots are, so an unreadable part is missing.
    private int ReadRoots(ulong address, Span<byte> buffer)
    {
        int read = _read(address, buffer);
        if (read < buffer.Length) _missing++;
        return read;
    }

    private IEnumerable<ulong> StaticTables()
    {
        if (!HidesHandles) return _handles.StaticTables;
        // The tables' own handles may be hidden, too. ClrMD finds the tables through the types, which is slow.
        IEnumerable<ulong> found = _runtime.Heap.EnumerateAdditionalRoots()
            .Where(r => r.RootKind == ClrRootKind.StaticVar)
            .Select(r => r.Object.Address);
        return _handles.StaticTables.Union(found);
    }

    private ulong LoaderAllocatorOf(ulong methodTable)
    {
        ulong handle = _runtime.GetTypeByMethodTable(methodTable)?.LoaderAllocatorHandle ?? 0;
        return handle != 0 && _read.TryRead(handle, out ulong allocator) ? allocator : 0;
    }

    private static void Close(ClrRuntime runtime)
    {
        runtime.Dispose();
        runtime.DataTarget.Dispose();
        (runtime.DataTarget.DataReader as IDisposable)?.Dispose();
    }

    private static Segment SegmentOf(ClrSegment segment) => new(
        segment.ObjectRange.Start,
        Math.Max(segment.ObjectRange.End + sizeof(ulong), segment.CommittedMemory.End),
        segment.Kind == GCSegmentKind.Pinned)
    {
        IsFrozen = segment.Kind == GCSegmentKind.Frozen,
    };

    // A collection writes to each object's header, one page of many in a large object, and never to a frozen one.
    private static bool IsMarkedByPages(ClrSegment segment) => segment.Kind is not (GCSegmentKind.Large or GCSegmentKind.Frozen);

    private static bool IsAdaptationOff() =>
        AppContext.TryGetSwitch("System.GC.DynamicAdaptationMode", out bool on) ? !on
        : Environment.GetEnvironmentVariable("DOTNET_GCDynamicAdaptationMode") == "0";
}
