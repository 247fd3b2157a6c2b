using System.Text.RegularExpressions;
using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Heap.Statics;
using LifetimeMonitoring.Naming.Compiler;
using LifetimeMonitoring.Naming.Rules;

namespace LifetimeMonitoring.Naming;

/// <summary>
/// Names a root in the words of its kind. The name includes the structure that the root is only the beginning of: a
/// thread's slot, the runtime's timers.
/// </summary>
internal sealed partial class RootNamer(
    SnapshotHeap heap,
    ThreadFormatter threads,
    KeyText keys,
    Type? waiting,
    CancellationToken stop)
{
    private const int MostAwaiting = 32, MostTimers = 32;
    private const string TimerInList = "System.Threading.TimerQueueTimer";
    private const int LongestName = 1000;
    private const string Runtime = "System.Private.CoreLib";
    private const string TaskOfSource = "_task";
    private const string WrappedObject = "_wrappedObject"; // of ComWrappers' holder

    public RootName Name(HeapRoot root, FrameName? frame, PathCursor path) =>
        AwaitOfCheck(path) ?? BesideOtherTimer(path) ?? OfKind(root, frame, path);

    // The runtime keeps all timers in lists. A path that reaches a timer through its neighbor says only that the timer
    // is in the queue.
    private static RootName? BesideOtherTimer(PathCursor path)
    {
        for (int i = Math.Min(path.Last, MostTimers); i > 0; i--)
        {
            if (path.TypeOf(i)?.Definition != TimerInList || path.TypeOf(i - 1)?.Definition != TimerInList)
                continue;
            return new RootName("timer queue of the runtime")
            {
                Length = i,
                Kind = ReferenceKind.Timer,
                Holder = "System.Threading.TimerQueue.Instances",
                Library = Runtime,
            };
        }

        return null;
    }

    // The objects that we wait with hold the method that awaits the check. The reader sees the await, and not our
    // thread, our task and our fields.
    private RootName? AwaitOfCheck(PathCursor path)
    {
        if (waiting is null) return null;
        int at = 0;
        while (at <= Math.Min(path.Last, MostAwaiting)
            && !IsOf(path, at, waiting)
            && TypeFormatter.Suspended(path, at) is null)
            at++;
        if (at >= path.Last || !IsOf(path, at, waiting)) return null;
        at += path.Reference(at).Text == TaskOfSource || IsOf(path, at + 1, typeof(CallerContext))
            ? 2
            : 1;
        while (at < path.Last && IsAwaitOfOurs(path, at)) at++;
        return path.TypeOf(at)?.Definition == "System.Threading.ExecutionContext"
            ? new RootName("execution context of the code that awaits this check") { Length = at }
            : new RootName("await of this check") { Length = Math.Min(at, path.Last), IsAwaitOfCheck = true };
    }

    // Where .NET 11 suspended the code that awaits the check, its own object and our method come first.
    private static bool IsAwaitOfOurs(PathCursor path, int at) =>
        path.TypeOf(at)?.Bases.Contains(FrameworkFields.Continuation) == true
        && SuspendedMethod.Of(path, at) is null or { Frame.IsOurs: true };

    private static bool IsOf(PathCursor path, int at, Type ours) =>
        path.TypeOf(at) is { } type
        && type.Type.Module.Name == ours.Assembly.GetName().Name
        && type.Definition == $"{ours.Namespace}.{ours.Name.Split('`')[0]}";

    private RootName OfKind(HeapRoot root, FrameName? frame, PathCursor path) => root.Kind switch
    {
        RootKind.StaticField => Static("static", root, path, thread: null),
        RootKind.ThreadStaticField => Static("[ThreadStatic]", root, path, threads.Of(root.ThreadId)),
        RootKind.StrongHandle => Handle(root, path),
        RootKind.ExceptionBeingHandled => new RootName("exception being handled")
        {
            Thread = threads.Of(root.ThreadId),
        },
        RootKind.PinnedHandle => new RootName("pinned GCHandle"),
        RootKind.AsyncPinnedHandle => new RootName("handle of asynchronous input or output (async pinned)"),
        RootKind.RefCountedHandle => new RootName("ref-counted handle (COM)")
        {
            Length = path.Last > 0 && path.Reference(0).Text == WrappedObject ? 1 : 0,
        },
        RootKind.DependentHandle => new RootName(
            $"attached to {keys.Of(heap.ValueAt(root.Slot, declared: null, isReference: true))}"
            + " (ConditionalWeakTable or dependent handle)")
        {
            Kind = ReferenceKind.Attached,
        },
        RootKind.SizedReferenceHandle => new RootName("sized-reference handle"),
        RootKind.FinalizerQueue => new RootName(
            $"finalizer queue, waiting for the finalizer of {path.TypeOf(0)?.InWords ?? "?"}"),
        RootKind.Stack when frame is not null => new RootName($"local of {frame.Method}{frame.Place}")
        {
            Thread = threads.Of(root.ThreadId),
            IsStack = true,
            IsOfAssertingThread = threads.IsAsserting(root.ThreadId),
            Facts = new ReferenceFacts { Method = frame.Method, Place = frame.Line },
        },
        RootKind.Stack => new RootName($"stack of {threads.Of(root.ThreadId)}")
        {
            Thread = threads.Of(root.ThreadId),
            IsStack = true,
            IsOfAssertingThread = threads.IsAsserting(root.ThreadId),
        },
        _ => new RootName(path.TypeOf(0)?.InWords ?? "?"),
    };

    private RootName Static(string kind, HeapRoot root, PathCursor path, string? thread)
    {
        string field = kind == "static" ? "static field" : kind;
        if (heap.StaticFieldOf(root, stop) is not { } found)
            return InTableOfStatics(path) ?? new RootName($"{field} (which one is not known)") { Thread = thread };
        TypeFacts declaring = path.FactsOf(found.DeclaringType);
        if (declaring.Definition == "System.Threading.ThreadLocal"
            && SlotOfThread().Match(path.References(0)) is { Success: true } slot)
            return new RootName(ItemsOfThread(path, Count(slot)) ?? $"{declaring.InWords} value")
            {
                Thread = thread,
                Length = Count(slot),
                Holder = Holder(declaring, found),
            };
        if (declaring.Definition == "System.Threading.TimerQueue"
            && TimerInQueue().Match(path.References(0)) is { Success: true } timer)
            return new RootName("timer queue of the runtime")
            {
                Length = Count(timer),
                Kind = ReferenceKind.Timer,
                Holder = Holder(declaring, found),
                Library = Runtime,
            };
        if (CompilerName.Parse(found.Name) is { Kind: CompilerName.CachedLambda })
            return new RootName($"cached lambda of {MethodNames.Owner(declaring.Name)}")
            {
                Holder = Holder(declaring, found),
                Kind = ReferenceKind.Delegate,
            };
        // Its fields have only numbers.
        if (declaring.Made is { Kind: CompilerName.CallSites or CompilerName.MethodGroups })
            return new RootName(declaring.InWords) { Holder = Holder(declaring, found) };
        string? happening = path.TypeOf(0) is { Type.IsDelegate: true }
            ? DelegateTarget.EventOf(found.DeclaringType, found.Name)
            : null;
        if (happening is not null
            && RuntimeInsides.IsRuntimes(found.DeclaringType.Module)
            && found.DeclaringType.Module.PublicEventOf(found.DeclaringType.Token, happening) is { } open)
            return Event(open.IsStatic ? kind : "", TypeNames.FromRuntimeName(open.Type), open.Name, declaring, found, thread);
        if (EventKeptIn(found, path) is { } kept)
            return Event(kind, declaring.InWords, kept.Event, declaring, found, thread) with { Length = kept.Length };
        string words = happening is not null ? kind + " event" : field;
        return new RootName($"{words} {declaring.InWords}.{happening ?? FieldNames.Of(found.Name)}")
        {
            IsBox = found.IsBoxedStruct,
            Library = IsOfLibrary(declaring, found) ? declaring.Type.Module.Name : null,
            IsOfAssertingThread = threads.IsAsserting(root.ThreadId),
            Tuples = found.DeclaringType.Module.TupleNames(found.DeclaringType.Token, found.Name),
            Thread = thread,
            Facts = new ReferenceFacts { DeclaringType = declaring.InWords, Member = happening ?? FieldNames.Of(found.Name) },
            Kind = happening is not null ? ReferenceKind.Event : ReferenceKind.Field,
            Holder = Holder(declaring, found),
        };
    }

    // A ConcurrentBag keeps the items that a thread added with the thread.
    private static string? ItemsOfThread(PathCursor path, int at) =>
        path.TypeOf(at) is { Definition: RuntimeInsides.ItemsOfThread } items ? RuntimeInsides.Name(items) : null;

    // A property with a public setter is the program's to set. A proxy is a library's, whichever module it is in.
    private static bool IsOfLibrary(TypeFacts declaring, StaticField field) =>
        Proxies.Is(declaring)
        || (declaring.IsOfLibrary
            && !(declaring.Type.Module.IsPublic(declaring.Type.Token)
                && declaring.Type.Module.HasPublicMethod(
                    declaring.Type.Token,
                    $"set_{FieldNames.Of(field.Name)}",
                    isStatic: true)));

    // The adder puts the handlers into a collection.
    private (string Event, int Length)? EventKeptIn(StaticField field, PathCursor path) =>
        EventCollectionRule.LengthToHandler(path, 0, keys) is { } length
        && field.DeclaringType.Module.EventKeptIn(field.DeclaringType.Token, field.Name) is { } name
            ? (name, length)
            : null;

    private static RootName Event(
        string kind,
        string type,
        string name,
        TypeFacts declaring,
        StaticField field,
        string? thread) => new($"{kind} event {type}.{name}".TrimStart())
        {
            Thread = thread,
            Facts = new ReferenceFacts { DeclaringType = type, Member = name },
            Kind = ReferenceKind.Event,
            Holder = Holder(declaring, field),
        };

    // The runtime keeps its objects for loaded assemblies and modules in the same table as the statics.
    private static RootName? InTableOfStatics(PathCursor path) => path.TypeOf(0)?.Definition switch
    {
        "System.Reflection.RuntimeAssembly" => new RootName("loaded assembly") { Library = Runtime },
        "System.Reflection.RuntimeModule" => new RootName("loaded module") { Library = Runtime },
        "System.TypeInitializationException" =>
            new RootName($"failed static constructor{OfType(path)}") { Library = Runtime },
        _ => null,
    };

    // The runtime throws it again at each use of the type.
    private static string OfType(PathCursor path) =>
        path.Heap.ObjectAt(path.Objects[0])?.Reference("_typeName") is { } text
            && path.Heap.StringAt(text.Address, LongestName) is { } name
                ? $" of {TypeNames.FromRuntimeName(name)}"
                : "";

    private RootName Handle(HeapRoot root, PathCursor path)
    {
        string type = path.TypeOf(0)?.Definition ?? "";
        if (type == "System.Reflection.LoaderAllocator")
            return new RootName("loader allocator of a collectible assembly that is not unloaded");
        if (type != "System.Threading.Thread") return new RootName("strong GCHandle");
        int? id = heap.ObjectAt(root.Object)?.Number<int>("_managedThreadId");
        return new RootName(id is { } managed ? threads.OfManaged(managed) : "thread");
    }

    private static string Holder(TypeFacts declaring, StaticField field) =>
        $"{declaring.Definition}.{FieldNames.Of(field.Name)}";

    private static int Count(Match match) => match.Value.Count(c => c == '/') + 1;

    [GeneratedRegex(@"^\[\d+\]\.Value/_value(?=/|$)")]
    private static partial Regex SlotOfThread();

    [GeneratedRegex(@"^\[\d+\]/(_shortTimers|_longTimers)(/_next)*(?=/|$)")]
    private static partial Regex TimerInQueue();
}
