using System.Reflection;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Heap.Statics;
using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Naming;
using LifetimeMonitoring.Snapshots;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Checks a process that has loaded much of the framework: every non-null static field has a name, every live object is
/// reachable from a known root, and every reference between two of them has a name. Reflection and the collector
/// provide the expected results.
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
        // The runtime may release an object meanwhile, such as a full cast cache. A real error occurs twice.
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

        // The thread that makes a clone has no entry in it.
        List<string> complaints = [];
        var thread = new Thread(() => complaints = Look(statics));
        thread.Start();
        thread.Join();
        return [.. complaints];
    }

    private static List<string> Look(HashSet<string> statics)
    {
        using ProcessSnapshot snapshot = new SnapshotLadder().Take(SnapshotKind.Clone);
        using SnapshotHeap heap = SnapshotHeap.Open(snapshot, new HeapCaches(), searchInside: false);
        using ClrRuntime runtime = Heap.Dac.RuntimeOpener.Open(snapshot);
        using DataTarget target = runtime.DataTarget;
        var looked = new Completeness(heap, runtime.Heap);
        looked.NameStatics(statics);
        int old = looked.ReachAll();
        Console.WriteLine(
            $"{statics.Count} static fields, {old} old objects, {looked._reached.Count} reached, " +
            $"{looked._named.Count} references");
        return looked._complaints;
    }

    // Only the types whose statics exist by now.
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
        field is { IsLiteral: false, FieldType: { IsValueType: false, IsPointer: false, IsFunctionPointer: false } }
            && !field.IsDefined(typeof(ThreadStaticAttribute));

    private void NameStatics(HashSet<string> statics)
    {
        IEnumerable<string> named = _heap.StaticRoots
            .Select(r => _heap.StaticFieldOf(r, default))
            .OfType<StaticField>()
            .Select(f => $"{f.DeclaringType.RuntimeName}.{f.Name}");
        _complaints.AddRange(statics.Except(named).Select(s => $"not named: {s}"));
    }

    private int ReachAll()
    {
        var queue = new Queue<ulong>();
        foreach (IReadOnlyList<HeapRoot> roots in RootedSearch.Classes(_heap, new StackRoots(_heap, PathsMode.Safe).Roots()))
        {
            foreach (HeapRoot root in roots) Reach(root.Object, queue);
            while (queue.TryDequeue(out ulong holder))
            {
                foreach (ulong held in _heap.Graph.ReferencesOf(holder))
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

    private void Name(ulong holder, ulong held)
    {
        HeapType? type = _heap.TypeOf(holder), other = _heap.TypeOf(held);
        if (type is null || other is null) _complaints.Add($"{type?.RuntimeName} -> {other?.RuntimeName}: no type");
        else if (!type.IsArray && _named.Add((type, _heap.OffsetOf(holder, held))))
        {
            RawReference reference = new PathCursor(_heap, new AddressPath(0, [holder, held]), _facts).Reference(0);
            if (reference.Text.StartsWith("offset", StringComparison.Ordinal))
                _complaints.Add($"{type.RuntimeName} -> {other.RuntimeName}: {reference.Text}");
        }
    }

    // Objects that survived collections are alive. Exceptions: callbacks of the collector only wait for their
    // finalizers, and we treat the arrays of statics as roots instead of objects.
    private bool IsOld(ClrObject o) =>
        o is { IsFree: false, Type.Name: not ("System.Gen2GcCallback" or "System.Object[]") }
        && _collectors.GetSegmentByAddress(o.Address) is { Kind: not GCSegmentKind.Frozen } segment
        && segment.GetGeneration(o.Address) == Generation.Generation2;
}
