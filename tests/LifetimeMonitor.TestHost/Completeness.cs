using System.Reflection;
using LifetimeMonitor.Diagnosis;
using LifetimeMonitor.Graph;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Roots;
using LifetimeMonitor.Heap.Statics;
using LifetimeMonitor.Heap.Types;
using LifetimeMonitor.Naming;
using LifetimeMonitor.Snapshots;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.TestHost;

/// <summary>
/// Whether in this process, with much of the framework in it, every static field that holds something is named, every object that lives is
/// reached from a root we know, and every reference between two of them is named. What is true is asked of reflection and of the collector.
/// </summary>
internal sealed class Completeness
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private readonly SnapshotHeap _heap;
    private readonly ClrHeap _collectors;
    private readonly Dictionary<HeapType, TypeFacts> _facts = [];
    private readonly HashSet<ulong> _reached = [];
    private readonly HashSet<(HeapType, long)> _named = [];
    private readonly List<string> _complaints = [];

    private Completeness(SnapshotHeap heap, ClrHeap collectors) => (_heap, _collectors) = (heap, collectors);

    public static int Run()
    {
        object made = Examples.Make();
        HashSet<string> statics = [.. Initialized().SelectMany(Holding)];
        // The runtime may let go of an object while the clone is made, as it does of a full cache of casts: what is wrong is wrong twice.
        HashSet<string> complaints = Complaints(statics);
        if (complaints.Count > 0) complaints.IntersectWith(Complaints(statics));
        Console.WriteLine($"{complaints.Count} complaints");
        foreach (string complaint in complaints.Take(40)) Console.WriteLine(complaint);
        GC.KeepAlive(made);
        return complaints.Count == 0 ? 0 : 1;
    }

    private static HashSet<string> Complaints(HashSet<string> statics)
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // The thread that makes a clone has no place in it.
        List<string> complaints = [];
        var thread = new Thread(() => complaints = Look(statics));
        thread.Start();
        thread.Join();
        return [.. complaints];
    }

    private static List<string> Look(HashSet<string> statics)
    {
        using ProcessSnapshot snapshot = new SnapshotLadder().Take(SnapshotKind.Clone);
        using SnapshotHeap heap = SnapshotHeap.Open(snapshot, new StaticStorageCache(), searchInside: false);
        using ClrRuntime runtime = Heap.Opening.RuntimeOpener.Open(snapshot);
        using DataTarget target = runtime.DataTarget;
        var looked = new Completeness(heap, runtime.Heap);
        looked.NameStatics(statics);
        int old = looked.ReachAll();
        Console.WriteLine($"{statics.Count} static fields, {old} old objects, {looked._reached.Count} reached, {looked._named.Count} references");
        return looked._complaints;
    }

    // Those of the types alone whose statics are there by now.
    private static unsafe Type[] Initialized() =>
    [
        .. AppDomain.CurrentDomain.GetAssemblies()
            .SelectMany(a => a.GetTypes())
            .Where(t => !t.ContainsGenericParameters && t.GetFields(BindingFlags.Static | Declared).Any(IsReference))
            .Where(t => (((ulong*)((ulong*)t.TypeHandle.Value)[4])[-3] & 1) == 0),
    ];

    private static IEnumerable<string> Holding(Type type) => type.GetFields(BindingFlags.Static | Declared)
        .Where(f => IsReference(f) && f.GetValue(null) is not null)
        .Select(f => $"{RuntimeTypeName.Of(type)}.{f.Name}");

    private static bool IsReference(FieldInfo field) =>
        field is { IsLiteral: false, FieldType: { IsValueType: false, IsPointer: false, IsFunctionPointer: false } } && !field.IsDefined(typeof(ThreadStaticAttribute));

    private void NameStatics(HashSet<string> statics)
    {
        IEnumerable<string> named = _heap.StaticRoots.Select(r => _heap.StaticFieldOf(r, default)).OfType<StaticField>().Select(f => $"{f.DeclaringType.RuntimeName}.{f.Name}");
        _complaints.AddRange(statics.Except(named).Select(s => $"not named: {s}"));
    }

    private int ReachAll()
    {
        var queue = new Queue<ulong>();
        foreach (IReadOnlyList<HeapRoot> roots in HeapSearch.Classes(_heap, new StackEvidence(_heap.Stacks, PathsMode.Safe).Roots()))
        {
            foreach (HeapRoot root in roots) Reach(root.Object, queue);
            while (queue.TryDequeue(out ulong holder))
            {
                foreach (ulong held in References(holder))
                {
                    if (_heap.Graph.SizeOf(held) > 0) Name(holder, held);
                    Reach(held, queue);
                }
            }
        }

        ClrObject[] old = [.. _collectors.EnumerateObjects().Where(IsOld)];
        _complaints.AddRange(old.Where(o => !_reached.Contains(o.Address)).Select(o => $"not reached: {o.Type?.Name}"));
        return old.Length;
    }

    private void Reach(ulong address, Queue<ulong> queue)
    {
        if (address != 0 && _heap.Graph.SizeOf(address) > 0 && _reached.Add(address)) queue.Enqueue(address);
    }

    private List<ulong> References(ulong holder)
    {
        var references = new List<ulong>();
        var buffer = new ReferenceBuffer();
        long cursor = 0;
        for (bool more = true; more;)
        {
            buffer.Clear();
            more = _heap.Graph.ReadReferences(holder, ref cursor, buffer);
            references.AddRange(buffer.Items);
        }

        return references;
    }

    private void Name(ulong holder, ulong held)
    {
        HeapType? type = _heap.TypeOf(holder), other = _heap.TypeOf(held);
        if (type is null || other is null) _complaints.Add($"{type?.RuntimeName} -> {other?.RuntimeName}: no type");
        else if (!type.IsArray && _named.Add((type, _heap.OffsetOf(holder, held))))
        {
            RawReference reference = new RawPath(_heap, new ObjectPath(0, [holder, held]), _facts).Reference(0);
            if (reference.Text.StartsWith("offset", StringComparison.Ordinal)) _complaints.Add($"{type.RuntimeName} -> {other.RuntimeName}: {reference.Text}");
        }
    }

    // What survived collections lives. But callbacks of the collector only wait for their finalizers, and the arrays that statics lie in are
    // no objects to us: they are what roots lie in.
    private bool IsOld(ClrObject o) =>
        o is { IsFree: false, Type.Name: not ("System.Gen2GcCallback" or "System.Object[]") }
        && _collectors.GetSegmentByAddress(o.Address) is { Kind: not GCSegmentKind.Frozen } segment
        && segment.GetGeneration(o.Address) == Generation.Generation2;
}
