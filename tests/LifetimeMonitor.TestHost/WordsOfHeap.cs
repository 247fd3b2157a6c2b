using System.Text.RegularExpressions;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Naming;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Names a path to one object for each kind of reference in the heap of a process that has loaded much of the
/// framework: no word may be a name of a compiler, or of the insides of tasks.
/// </summary>
internal sealed partial class WordsOfHeap(SnapshotHeap heap)
{
    private const string Collections = "System.Collections.";
    private readonly Dictionary<ulong, (ulong Holder, HeapRoot? Root)> _reached = [];
    private readonly HashSet<(HeapType?, HeapType?, long)> _kinds = [];
    private readonly HashSet<string> _complaints = [];
    private readonly PathNamer _namer = new(heap, 0, showStrings: false, verbose: false, waiting: null, default);
    private int _paths;

    public static int Run()
    {
        object[] made = [Examples.Make(), WrittenExamples.Make()];
        string[] complaints = [];
        // The thread that makes a clone has no entry in it.
        var thread = new Thread(() => complaints = Look());
        thread.Start();
        thread.Join();
        Console.WriteLine($"{complaints.Length} complaints");
        foreach (string complaint in complaints.Take(60)) Console.WriteLine(complaint);
        GC.KeepAlive(made);
        return complaints.Length == 0 ? 0 : 1;
    }

    private static string[] Look()
    {
        using ProcessSnapshot snapshot = new SnapshotLadder().Take(SnapshotKind.Clone);
        using SnapshotHeap heap = SnapshotHeap.Open(snapshot, new HeapCaches(), searchInside: false);
        var words = new WordsOfHeap(heap);
        words.NameAll();
        Console.WriteLine($"{words._reached.Count} objects, {words._paths} paths");
        return [.. words._complaints];
    }

    private void NameAll()
    {
        var queue = new Queue<ulong>();
        foreach (IReadOnlyList<HeapRoot> roots in RootedSearch.Classes(heap, []))
        {
            foreach (HeapRoot root in roots) Reach(root.Object, 0, root, queue);
            while (queue.TryDequeue(out ulong holder))
            {
                foreach (ulong held in heap.Graph.ReferencesOf(holder)) Reach(held, holder, root: null, queue);
            }
        }
    }

    private void Reach(ulong held, ulong holder, HeapRoot? root, Queue<ulong> queue)
    {
        if (held == 0 || heap.Graph.SizeOf(held) == 0 || !_reached.TryAdd(held, (holder, root))) return;
        queue.Enqueue(held);
        HeapType? type = holder == 0 ? null : heap.TypeOf(holder);
        long offset = root is not null ? (long)root.Slot : type is { IsArray: true } ? 0 : heap.OffsetOf(holder, held);
        if (_kinds.Add((type, heap.TypeOf(held), offset))) Name(held);
    }

    private void Name(ulong target)
    {
        List<ulong> objects = [];
        HeapRoot? root = null;
        for (ulong at = target; at != 0; (at, root) = _reached[at]) objects.Insert(0, at);
        NamedPath path = _namer.Name(root!, new AddressPath(0, objects), frame: null);
        _paths++;
        string goal = heap.TypeOf(target)?.RuntimeName ?? "?";
        foreach (NamedStep step in path.Steps) Check(step, goal);
        // A path that ends in the inside of a collection has no other word for it.
        if (goal.StartsWith(Collections, StringComparison.Ordinal) || goal.EndsWith(']')) return;
        for (int i = 1; i < path.Steps.Count - 1; i++)
        {
            if (IsCollection(path.Steps[i - 1].Type) && Inside().IsMatch(path.Steps[i].Words))
                _ = _complaints.Add($"{path.Steps[i].Words} of {path.Steps[i - 1].TypeName}  (on the path to {goal})");
        }
    }

    private void Check(NamedStep step, string target)
    {
        foreach (string words in new[] { step.Words, step.TypeName }.Where(w => Forbidden().IsMatch(w)))
            _ = _complaints.Add($"{words}  (on the path to {target})");
    }

    private static bool IsCollection(TypeFacts? type) =>
        type?.Definition.StartsWith(Collections, StringComparison.Ordinal) == true
        && type.Type.Module.IsVisible(type.Type.Token);

    [GeneratedRegex("^_[A-Za-z]+$")]
    private static partial Regex Inside();

    [GeneratedRegex(
        @"<>|>[a-zA-Z]__|>d\b|__DisplayClass|(?<!s_invokeAsync)StateMachineBox|-c?ctor|\.c?ctor|AwaitTaskContinuation|VoidTaskResult|Promise\b|"
        + @"MoveNext|\$VB\$|_Closure\$|__Canon|PrivateImplementation|AnonymousType\d|generatedProxy|m_action|"
        + @"m_continuationObject|m_contingentProperties|m_stateObject|_mrvtsc|k__BackingField|z__ReadOnly|@\d|CS\$|"
        + @"F[0-9A-F]{64}")]
    private static partial Regex Forbidden();
}
