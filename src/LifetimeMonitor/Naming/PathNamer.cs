using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Naming.Compiler;
using LifetimeMonitoring.Naming.Properties;
using LifetimeMonitoring.Naming.Rules;

namespace LifetimeMonitoring.Naming;

/// <summary>
/// Turns a path of addresses into a path of names. It names only the objects on the path, and runs no code of the
/// program.
/// </summary>
internal sealed class PathNamer
{
    private const string Unnamed = "…";
    private readonly Dictionary<HeapType, TypeFacts> _facts = [];
    private readonly SnapshotHeap _heap;
    private readonly RootNamer _roots;
    private readonly IReferenceRule[] _rules;
    private readonly CancellationToken _stop;

    /// <param name="heap">The snapshot.</param>
    /// <param name="assertingThread">The managed id of the thread that waits for the answer; 0 for none.</param>
    /// <param name="showStrings">Whether to show keys that are strings.</param>
    /// <param name="verbose">Whether to show the insides of collections and compiler-generated code as they are.</param>
    /// <param name="waiting">
    /// The type whose asynchronous method waits for the snapshot: code that awaits it is named as awaiting the check.
    /// Null for none.
    /// </param>
    /// <param name="stop">Ends the slow lookups.</param>
    public PathNamer(SnapshotHeap heap, int assertingThread, bool showStrings, bool verbose, Type? waiting, CancellationToken stop)
    {
        _heap = heap;
        _stop = stop;
        var threads = new ThreadFormatter(heap, assertingThread);
        var keys = new KeyText(showStrings);
        _roots = new RootNamer(heap, threads, keys, verbose ? null : waiting, stop);
        _rules = verbose
            ? [new FieldlessRule(), new PlainRule()]
            : [
                new FieldlessRule(),
                new ClosureRule(),
                new StateMachineRule(),
                new RuntimeAsyncRule(),
                new ContinuationRule(),
                new ViewRule(),
                new CollectibleStaticRule(threads, stop),
                new ComponentEventRule(stop),
                new TimerContextRule(),
                new PropertyRule(),
                new EventCollectionRule(keys),
                new ShapeRules(keys),
                new PlainRule(),
            ];
    }

    /// <param name="root">The root that the path begins at.</param>
    /// <param name="objects">The objects on it. A step with a count stands for the objects that were left out.</param>
    /// <param name="frame">The frame of a stack root, when it is known.</param>
    public NamedPath Name(HeapRoot root, AddressPath objects, FrameName? frame)
    {
        AddressPath[] stretches = [.. Stretches(objects)];
        var path = new PathCursor(_heap, stretches[0], _facts);
        RootName rootName = Root(root, frame, path);
        path.TuplesOfRoot = rootName.Tuples;
        var steps = new List<NamedStep> { First(rootName, path) };
        GoOn(path, steps, isLast: stretches.Length == 1);
        int begin = stretches[0].Objects.Count;
        foreach (AddressPath stretch in stretches.Skip(1))
        {
            Append(steps, NameFurther(stretch, isLast: stretch == stretches[^1]), objects, begin);
            begin += stretch.Objects.Count;
        }

        return new NamedPath(rootName, frame, Distinct(steps));
    }

    // System.Timers.Timer leads to System.Threading.Timer: two types of one name get their namespaces. The words for an
    // async method stand for its state machine and for the box around it.
    private static List<NamedStep> Distinct(List<NamedStep> steps)
    {
        ILookup<string, TypeFacts> types = steps.Select(s => s.Type).OfType<TypeFacts>().ToLookup(t => t.InWords);
        return
        [
            .. steps.Select(s => s.Type is { Name: { } name, IsStateMachine: false, IsMachineBox: false } type
                && s.TypeName == type.InWords
                && types[s.TypeName].Any(t => t.Definition != type.Definition)
                    ? s with { TypeName = name.ToFullCSharp() }
                    : s),
        ];
    }

    private RootName Root(HeapRoot root, FrameName? frame, PathCursor path)
    {
        try
        {
            return _roots.Name(root, frame, path);
        }
#pragma warning disable CA1031 // Unknown data costs the words for the root, not the path.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new RootName($"{root.Kind}");
        }
    }

    // A gap between references of one kind belongs to them. No rule may look across any other gap.
    private static IEnumerable<AddressPath> Stretches(AddressPath path)
    {
        int begin = 0;
        foreach (PathGap gap in path.Gaps.Where(g => !g.IsUniform))
        {
            yield return path.Part(begin, gap.Before);
            begin = gap.Before;
        }

        yield return path.Part(begin, path.Objects.Count);
    }

    // Before a gap a rule cannot look ahead as far as it needs.
    private void GoOn(PathCursor path, List<NamedStep> steps, bool isLast)
    {
        int until = isLast ? path.Last : path.Last - PathCursor.MostAhead;
        while (steps[^1].Object < until)
        {
            if (!TryRepeat(path, steps)) steps.AddRange(Next(path, steps[^1].Object));
        }
    }

    // The first objects after a gap may be the inside of a collection, so they are counted as well.
    private List<NamedStep> NameFurther(AddressPath stretch, bool isLast)
    {
        var path = new PathCursor(_heap, stretch, _facts);
        var steps = new List<NamedStep> { Omission(path, 0) };
        GoOn(path, steps, isLast);
        int first = steps.FindIndex(s => s.Object >= PathCursor.MostAhead);
        if (first > 0 && steps[first].Repeats > 1) first--;
        return first < 0 ? [] : [Omission(path, steps[first].Object), .. steps.Skip(first + 1)];
    }

    private static void Append(List<NamedStep> steps, List<NamedStep> more, AddressPath path, int begin)
    {
        if (more.Count < 2) return;
        int from = path.NumberOf(steps[^1].Object);
        steps.AddRange(more.Select(s => s with { Object = s.Object + begin }));
        int gap = steps.Count - more.Count;
        steps[gap] = steps[gap] with { Omitted = path.NumberOf(steps[gap].Object) - from };
    }

    private static NamedStep First(RootName root, PathCursor path)
    {
        string words = root.Words;
        int at = Math.Min(root.Length, path.Last);
        if (root.IsBox && path.Last > 0 && path.Reference(0).Field is not null)
        {
            string fields = TupleNames.Apply(path.Reference(0).Text, path.TypeOf(0)?.Name, root.Tuples);
            words += ReferenceReader.IsWrapped(path.Reference(0)) ? "" : $".{fields}";
            at = 1;
        }

        ReferenceWords whole = DelegateTarget.Append(new ReferenceWords(words, at, root.Kind) { Facts = root.Facts }, path, at);
        return Step(path, whole.Text + root.Where, whole.Kind, whole.Length) with
        {
            Fields = [root.Holder, .. Handler(whole)],
            Facts = whole.Facts,
        };
    }

    private IEnumerable<NamedStep> Next(PathCursor path, int at)
    {
        ReferenceWords words = Words(path, at);
        int next = at + words.Length, omitted = path.Distance(at, next) - words.Length;
        yield return Step(path, words.Text, words.Kind, next) with
        {
            Fields = [.. Fields(path, at, words.Length), .. Handler(words)],
            Facts = words.Facts,
            Owner = path.Reference(at).Owner,
            UnusedBy = words.UnusedBy,
        };
        if (omitted > 0) yield return Omission(path, next) with { Omitted = omitted };
    }

    // A step for the unnamed references up to an object.
    private static NamedStep Omission(PathCursor path, int at) => Step(path, Unnamed, ReferenceKind.Field, at);

    private ReferenceWords Words(PathCursor path, int at)
    {
        if (!_stop.IsCancellationRequested)
        {
            try
            {
                ReferenceWords words = _rules.Select(r => r.Name(path, at)).First(w => w is not null)!;
                return DelegateTarget.Append(words, path, at + words.Length);
            }
#pragma warning disable CA1031 // A rule that fails on unknown data costs its words, not the path.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }

        return new ReferenceWords(path.Reference(at).Text, 1, ReferenceKind.Field);
    }

    private static NamedStep Step(PathCursor path, string words, ReferenceKind kind, int at) =>
        new(words, kind, TypeFormatter.Of(path, at), path.TypeOf(at), at)
        {
            Suspended = TypeFormatter.Suspended(path, at),
            HasEnded = TypeFormatter.HasEnded(path, at),
        };

    private static string[] Fields(PathCursor path, int at, int length) =>
    [
        .. Enumerable.Range(at, length)
            .Select(i => path.Reference(i).Field)
            .Where(f => f?.DeclaringType is not null)
            .Select(f => $"{path.FactsOf(f!.DeclaringType!).Definition}.{FieldNames.Of(f.Name)}"),
    ];

    private static string[] Handler(ReferenceWords words) => words.Handler is { } handler ? [handler] : [];

    // Next, Next, Next: the reader sees a long list of nodes as one thing, so no rule applies to it.
    private static bool TryRepeat(PathCursor path, List<NamedStep> steps)
    {
        NamedStep last = steps[^1];
        if (steps.Count < 2 || last.Omitted > 0 || last.Kind != ReferenceKind.Field) return false;
        if (last.Object - steps[^2].Object != last.Repeats) return false;
        int at = last.Object;
        while (at < path.Last
            && path.Reference(at) == path.Reference(last.Object - 1)
            && path.TypeOf(at + 1) == last.Type)
            at++;
        if (at == last.Object) return false;
        steps[^1] = last with { Object = at, Repeats = last.Repeats + path.Distance(last.Object, at) };
        return true;
    }
}
