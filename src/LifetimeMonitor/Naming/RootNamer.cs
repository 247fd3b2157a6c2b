using System.Text.RegularExpressions;
using LifetimeMonitor.Collecting;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Roots;
using LifetimeMonitor.Heap.Statics;
using LifetimeMonitor.Naming.Compiler;
using LifetimeMonitor.Naming.Rules;

namespace LifetimeMonitor.Naming;

/// <summary>Names a root in the words of its kind, together with what it is only the beginning of: a thread's slot, the runtime's timers.</summary>
internal sealed partial class RootNamer(SnapshotHeap heap, ThreadWords threads, KeyText keys, Type? waiting, CancellationToken stop)
{
    private const int MostAwaiting = 32, MostTimers = 32;
    private const string TimerInList = "System.Threading.TimerQueueTimer";
    private const int LongestName = 1000;
    private const string TaskOfSource = "_task";
    private const string WrappedObject = "_wrappedObject"; // of ComWrappers' holder

    public RootName Name(HeapRoot root, FrameName? frame, RawPath path) => AwaitOfCheck(path) ?? BesideOtherTimer(path) ?? OfKind(root, frame, path);

    // All timers of the runtime are in lists. A path that reaches one through its neighbor says nothing of it but that: it is in the queue.
    private static RootName? BesideOtherTimer(RawPath path)
    {
        for (int i = Math.Min(path.Last, MostTimers); i > 0; i--)
        {
            if (path.TypeOf(i)?.Definition != TimerInList || path.TypeOf(i - 1)?.Definition != TimerInList) continue;
            return new RootName("timer queue of the runtime") { Length = i, Nature = ReferenceNature.Timer, Holder = "System.Threading.TimerQueue.Instances" };
        }

        return null;
    }

    // The one that awaits the check is held by what we wait with: the reader sees the await, and not our thread, our task and our fields.
    private RootName? AwaitOfCheck(RawPath path)
    {
        if (waiting is null) return null;
        int at = 0;
        while (at <= Math.Min(path.Last, MostAwaiting) && !IsOf(path, at, waiting) && TypeWords.StateMachine(path, at) is null) at++;
        if (at >= path.Last || !IsOf(path, at, waiting)) return null;
        at += path.Reference(at).Text == TaskOfSource || IsOf(path, at + 1, typeof(CallerContext)) ? 2 : 1;
        return new RootName("await of this check") { Length = Math.Min(at, path.Last), IsAwaitOfCheck = true };
    }

    private static bool IsOf(RawPath path, int at, Type ours) =>
        path.TypeOf(at) is { } type
        && type.Type.Module.Name == ours.Assembly.GetName().Name
        && type.Definition == $"{ours.Namespace}.{ours.Name.Split('`')[0]}";

    private RootName OfKind(HeapRoot root, FrameName? frame, RawPath path) => root.Kind switch
    {
        RootKind.StaticField => Static("static", root, path, ""),
        RootKind.ThreadStaticField => Static("[ThreadStatic]", root, path, $" on {threads.Of(root.ThreadId)}"),
        RootKind.StrongHandle => Handle(root, path),
        RootKind.ExceptionBeingHandled => new RootName("exception being handled") { Where = $" on {threads.Of(root.ThreadId)}" },
        RootKind.PinnedHandle => new RootName("pinned GCHandle"),
        RootKind.AsyncPinnedHandle => new RootName("handle of asynchronous input or output (async pinned)"),
        RootKind.RefCountedHandle => new RootName("ref-counted handle (COM)") { Length = path.Last > 0 && path.Reference(0).Text == WrappedObject ? 1 : 0 },
        RootKind.DependentHandle => new RootName($"attached to {keys.Of(heap.ValueAt(root.Slot, declared: null, isReference: true))} (ConditionalWeakTable or dependent handle)") { Nature = ReferenceNature.Attached },
        RootKind.SizedReferenceHandle => new RootName("sized-reference handle"),
        RootKind.FinalizerQueue => new RootName($"finalizer queue, waiting for the finalizer of {path.TypeOf(0)?.InWords ?? "?"}"),
        RootKind.Stack when frame is not null => new RootName($"local of {frame.Method}{frame.Place}") { Where = $" on {threads.Of(root.ThreadId)}" },
        RootKind.Stack => new RootName($"stack of {threads.Of(root.ThreadId)}"),
        _ => new RootName(path.TypeOf(0)?.InWords ?? "?"),
    };

    private RootName Static(string kind, HeapRoot root, RawPath path, string where)
    {
        string field = kind == "static" ? "static field" : kind;
        if (heap.StaticFieldOf(root, stop) is not { } found) return InTableOfStatics(path) ?? new RootName($"{field} (which one is not known)") { Where = where };
        TypeFacts declaring = path.FactsOf(found.DeclaringType);
        if (declaring.Definition == "System.Threading.ThreadLocal" && SlotOfThread().Match(path.References(0)) is { Success: true } slot)
            return new RootName($"{declaring.InWords} value") { Where = where, Length = Count(slot), Holder = Holder(declaring, found) };
        if (declaring.Definition == "System.Threading.TimerQueue" && TimerInQueue().Match(path.References(0)) is { Success: true } timer)
            return new RootName("timer queue of the runtime") { Length = Count(timer), Nature = ReferenceNature.Timer, Holder = Holder(declaring, found) };
        if (CompilerName.Parse(found.Name) is { Kind: CompilerName.CachedLambda })
            return new RootName($"cached lambda of {MethodNames.Owner(declaring.Name)}") { Holder = Holder(declaring, found), Nature = ReferenceNature.Delegate };
        string? happening = path.TypeOf(0) is { Type.IsDelegate: true } ? DelegateTarget.EventOf(found.DeclaringType, found.Name) : null;
        string words = happening is not null ? kind + " event" : field;
        return new RootName($"{words} {declaring.InWords}.{happening ?? FieldNames.Of(found.Name)}")
        {
            IsBox = found.IsBoxedStruct,
            Where = where,
            Nature = happening is not null ? ReferenceNature.Event : ReferenceNature.Field,
            Holder = Holder(declaring, found),
        };
    }

    // Beside the statics the runtime keeps there the objects that stand for what is loaded.
    private static RootName? InTableOfStatics(RawPath path) => path.TypeOf(0)?.Definition switch
    {
        "System.Reflection.RuntimeAssembly" => new RootName("loaded assembly"),
        "System.Reflection.RuntimeModule" => new RootName("loaded module"),
        "System.TypeInitializationException" => new RootName($"failed static constructor{OfType(path)}"),
        _ => null,
    };

    // It is thrown again whenever the type is used.
    private static string OfType(RawPath path) =>
        path.Heap.ObjectAt(path.Objects[0])?.Reference("_typeName") is { } text && path.Heap.StringAt(text.Address, LongestName) is { } name ? $" of {TypeNames.FromRuntimeName(name)}" : "";

    private RootName Handle(HeapRoot root, RawPath path)
    {
        string type = path.TypeOf(0)?.Definition ?? "";
        if (type == "System.Reflection.LoaderAllocator") return new RootName("loader allocator of a collectible assembly that is not unloaded");
        if (type != "System.Threading.Thread") return new RootName("strong GCHandle");
        int? id = heap.ObjectAt(root.Object)?.Number<int>("_managedThreadId");
        return new RootName(id is { } managed ? threads.OfManaged(managed) : "thread");
    }

    private static string Holder(TypeFacts declaring, StaticField field) => $"{declaring.Definition}.{FieldNames.Of(field.Name)}";

    private static int Count(Match match) => match.Value.Count(c => c == '/') + 1;

    [GeneratedRegex(@"^\[\d+\]\.Value/_value(?=/|$)")]
    private static partial Regex SlotOfThread();

    [GeneratedRegex(@"^\[\d+\]/(_shortTimers|_longTimers)(/_next)*(?=/|$)")]
    private static partial Regex TimerInQueue();
}
