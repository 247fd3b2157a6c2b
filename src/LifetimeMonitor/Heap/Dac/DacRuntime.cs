using System.Diagnostics.CodeAnalysis;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Snapshots;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>
/// The runtime in a snapshot, as its debugging component (DAC) describes it. This class and the others of this folder
/// are all that the rest of the library sees of ClrMD, which asks the DAC.
/// </summary>
internal sealed class DacRuntime : IDisposable
{
    private readonly ClrRuntime _runtime;
    private readonly IDataReader _reader;
    private DacThread[]? _threads;

    public DacRuntime(ClrRuntime runtime)
    {
        _runtime = runtime;
        _reader = runtime.DataTarget.DataReader;
        Read = _reader.Read;
    }

    /// <param name="snapshot">The snapshot.</param>
    /// <param name="scratch">The memory for copies out of it.</param>
    /// <exception cref="SnapshotRefusedException">The snapshot cannot be opened.</exception>
    public static DacRuntime Open(ProcessSnapshot snapshot, ScratchMemory scratch) =>
        new(RuntimeOpener.Open(snapshot, scratch));

    /// <summary>Reads the snapshot as the DAC does.</summary>
    public ReadMemory Read { get; }

    /// <summary>The bytes that the DAC sees in place of the real ones; null when it sees all as they are.</summary>
    public Substitutes? Substitutes => (_reader as SubstitutingReader)?.Substitutes;

    public bool IsServerGC => _runtime.Heap.IsServer;

    public IReadOnlyList<DacThread> Threads => _threads ??= [.. _runtime.Threads.Select(t => new DacThread(t))];

    public IEnumerable<Segment> Segments() => _runtime.Heap.Segments.Select(SegmentOf);

    /// <summary>
    /// The memory to which a collection writes page by page: it marks the header of each object, but a large object is
    /// one page of many, and a frozen one is never marked.
    /// </summary>
    public IEnumerable<AddressRange> RangesMarkedByPages() => _runtime.Heap.Segments
        .Where(s => s.Kind is not (GCSegmentKind.Large or GCSegmentKind.Frozen))
        .Select(s => new AddressRange(s.ObjectRange.Start, s.ObjectRange.End));

    public IEnumerable<DacHandle> Handles()
    {
        foreach (ClrHandle handle in _runtime.EnumerateHandles()) yield return new DacHandle(handle);
    }

    /// <summary>The arrays of the objects that wait for their finalizers.</summary>
    public IEnumerable<AddressRange> FinalizerQueues()
    {
        foreach (ClrSubHeap heap in _runtime.Heap.SubHeaps)
            yield return new AddressRange(heap.FinalizerQueueRoots.Start, heap.FinalizerQueueRoots.End);
    }

    /// <summary>The arrays of static fields, found through all types, which is slow.</summary>
    public IEnumerable<ulong> StaticTables() => _runtime.Heap.EnumerateAdditionalRoots()
        .Where(r => r.RootKind == ClrRootKind.StaticVar)
        .Select(r => r.Object.Address);

    /// <summary>The runtime's heaps for data of types.</summary>
    public IEnumerable<AddressRange> TypeDataHeaps()
    {
        IEnumerable<ClrAppDomain> domains =
            _runtime.SystemDomain is { } system ? _runtime.AppDomains.Append(system) : _runtime.AppDomains;
        // A collectible assembly has a loader allocator of its own.
        HashSet<ulong> allocators = [], starts = [];
        IEnumerable<ClrModule> modules =
            _runtime.EnumerateModules().Where(m => m.LoaderAllocator != 0 && allocators.Add(m.LoaderAllocator));
        return domains
            .SelectMany(d => d.EnumerateLoaderAllocatorHeaps())
            .Concat(modules.SelectMany(m => m.EnumerateLoaderAllocatorHeaps()))
            .Where(h => h.Kind == NativeHeapKind.HighFrequencyHeap && h.MemoryRange.Length is > 0 and < int.MaxValue)
            .Where(h => starts.Add(h.MemoryRange.Start))
            .Select(h => new AddressRange(h.MemoryRange.Start, h.MemoryRange.End));
    }

    /// <summary>The type of a method table, or null. An array type found so does not know its elements.</summary>
    public DacType? TypeOf(ulong methodTable) => DacType.Of(_runtime.GetTypeByMethodTable(methodTable));

    public DacType? TypeOfObject(ulong address) => DacType.Of(_runtime.Heap.GetObjectType(address));

    /// <summary>The method of an instruction, or null.</summary>
    public DacMethod? MethodAt(ulong code) => DacMethod.Of(_runtime.GetMethodByInstructionPointer(code));

    /// <summary>The method of an instruction, and its place in it; null when it is unknown.</summary>
    public DacFrame? FrameAt(ulong code) => DacFrame.Of(_runtime.GetMethodByInstructionPointer(code), code);

    /// <summary>
    /// The handles of the loader allocators of a load context's assemblies; each leads to the same object.
    /// </summary>
    public IEnumerable<ulong> LoaderAllocatorHandlesOf(ulong context)
    {
        foreach (ClrModule module in _runtime.EnumerateModules())
        {
            ClrType? type = module.EnumerateTypeDefToMethodTableMap()
                .Select(t => _runtime.GetTypeByMethodTable(t.MethodTable))
                .FirstOrDefault(t => t is not null);
            if (type is not { IsCollectible: true } || type.AssemblyLoadContextAddress != context) continue;
            if (type.LoaderAllocatorHandle != 0) yield return type.LoaderAllocatorHandle;
        }
    }

    /// <summary>
    /// The static field at an address, and the system's ID of its thread, 0 for none. This asks every type of every
    /// module, which is slow and misses generic instantiations.
    /// </summary>
    public bool TryFindStatic(
        ulong slot,
        CancellationToken stop,
        [NotNullWhen(true)] out DacField? field,
        out int threadId)
    {
        (field, threadId) = (null, 0);
        ClrThread[] threads = [.. _runtime.Threads.Where(t => t.IsAlive)];
        foreach (ClrType type in _runtime.EnumerateModules().SelectMany(m => m.EnumerateTypesWithStaticFields()))
        {
            if (stop.IsCancellationRequested) return false;
            ClrField? found = type.StaticFields
                .FirstOrDefault(f => !f.IsPrimitive && f.GetAddress(_runtime.AppDomains[0]) == slot);
            foreach (ClrThreadStaticField candidate in type.ThreadStaticFields.Where(f => !f.IsPrimitive))
            {
                if (found is not null) break;
                if (threads.FirstOrDefault(t => candidate.GetAddress(t) == slot) is not { } thread) continue;
                (found, threadId) = (candidate, (int)thread.OSThreadId);
            }

            if (found is null) continue;
            field = new DacField(found);
            return true;
        }

        return false;
    }

    /// <summary>The registers of a thread (CONTEXT); false when the snapshot does not have them.</summary>
    public bool TryReadContext(int threadId, uint flags, Span<byte> context) =>
        _reader.GetThreadContext((uint)threadId, flags, context);

    public void Dispose()
    {
        _runtime.Dispose();
        _runtime.DataTarget.Dispose();
        (_reader as IDisposable)?.Dispose();
    }

    private static Segment SegmentOf(ClrSegment segment) => new(
        segment.ObjectRange.Start,
        Math.Max(segment.ObjectRange.End + sizeof(ulong), segment.CommittedMemory.End),
        segment.Kind == GCSegmentKind.Pinned)
    {
        IsFrozen = segment.Kind == GCSegmentKind.Frozen,
    };
}
