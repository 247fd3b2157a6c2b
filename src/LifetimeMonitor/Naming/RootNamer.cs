using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Roots;
using LifetimeMonitor.Heap.Statics;

namespace LifetimeMonitor.Naming;

/// <summary>Names a root in the words of its kind.</summary>
internal sealed class RootNamer(SnapshotHeap heap, int assertingThread, CancellationToken stop)
{
    private const string ThreadPoolWorker = ".NET TP Worker"; // the name the runtime gives it

    public RootName Name(HeapRoot root, string? method) => root.Kind switch
    {
        RootKind.StaticField => Static("static field", root),
        RootKind.ThreadStaticField => Static("[ThreadStatic]", root) with { Where = $" on {Thread(root.ThreadId)}" },
        RootKind.StrongHandle => new RootName("strong GCHandle"),
        RootKind.PinnedHandle => new RootName("pinned GCHandle"),
        RootKind.AsyncPinnedHandle => new RootName("handle of asynchronous input or output (async pinned)"),
        RootKind.RefCountedHandle => new RootName("ref-counted handle"),
        RootKind.SizedReferenceHandle => new RootName("sized-reference handle"),
        RootKind.FinalizerQueue => new RootName("finalizer queue"),
        RootKind.Stack when method is not null => new RootName($"local of {MethodNames.OfSignature(method)}") { Where = $" on {Thread(root.ThreadId)}" },
        RootKind.Stack => new RootName($"stack of {Thread(root.ThreadId)}"),
        _ => new RootName(TypeNames.FromRuntimeName(heap.TypeOf(root.Object)?.RuntimeName ?? "?")),
    };

    private RootName Static(string kind, HeapRoot root) => heap.StaticFieldOf(root, stop) switch
    {
        StaticField field => new RootName($"{kind} {TypeNames.FromRuntimeName(field.DeclaringType)}.{FieldNames.Of(field.Name)}") { IsBox = field.IsBoxedStruct },
        null => new RootName($"{kind} (which one is not known)"),
    };

    private string Thread(int threadId)
    {
        int managedId = heap.Stacks.ManagedId(threadId);
        string? name = heap.Stacks.NameOf(threadId);
        string whose = managedId != 0 && managedId == assertingThread ? " (the asserting thread)" : "";
        return name switch
        {
            null => $"thread {managedId}{whose}",
            ThreadPoolWorker => $"thread-pool thread {managedId}{whose}",
            _ => $"thread {managedId} \"{name}\"{whose}",
        };
    }
}

/// <summary>A root in words.</summary>
/// <param name="Words">What it is.</param>
internal sealed record RootName(string Words)
{
    /// <summary>What it holds is the box the runtime keeps a struct in: the next reference belongs to the same name.</summary>
    public bool IsBox { get; init; }

    /// <summary>On which thread; empty where that means nothing.</summary>
    public string Where { get; init; } = "";
}
