using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Naming;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>Names the finalizer that blocks the others, and its stack.</summary>
internal static class StuckFinalizer
{
    private const int MaxFrames = 16;
    private const string Finalizer = "Finalize";

    /// <summary>Sentences and lines of a stack; empty when unknown.</summary>
    public static IReadOnlyList<string> Describe(SnapshotHeap heap, PathsMode mode)
    {
        try
        {
            if (heap.Stacks.FinalizerThread is not { } thread) return [];
            using IDisposable? breadcrumb = mode == PathsMode.Full ? LifetimeEngine.Current.Breadcrumb.Lay() : null;
            return mode == PathsMode.Full && heap.Stacks.Frames(thread) is { Count: > 0 } frames
                ? OfFrames(frames)
                : OfObjects(heap, thread);
        }
#pragma warning disable CA1031 // The report is true without this addition.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    private static IReadOnlyList<string> OfFrames(IReadOnlyList<HeapMethod> frames)
    {
        int outermost = frames.ToList().FindLastIndex(f => f.Name == Finalizer);
        if (outermost < 0 && frames.Any(f => f.Name == FinalizerThread.LastHandlers)) ProcessEnd.Begin();
        if (outermost < 0) return ["When the snapshot was made, no finalizer was running any more."];
        IEnumerable<string> lines = frames.Take(outermost + 1).Select(f => $"  at {MethodFormatter.Of(f)}");
        string[] shown = [.. lines];
        if (shown.Length > MaxFrames) shown = [.. shown[..(MaxFrames - 2)], "  …", shown[^1]];
        return [$"It is the finalizer of {InWords(frames[outermost].Type)}:", .. shown];
    }

    // The runtime passes the object to its finalizer, so it is the deepest. Every stack contains stray Thread objects.
    private static IReadOnlyList<string> OfObjects(SnapshotHeap heap, int thread)
    {
        IEnumerable<HeapType> finalizable = heap.Stacks.Scan(thread)
            .Select(r => heap.TypeOf(r.Object))
            .OfType<HeapType>()
            .Where(t => t is { IsFinalizable: true, RuntimeName: not "System.Threading.Thread" });
        return finalizable.LastOrDefault() is { } type
            ? [
                $"It is probably the finalizer of {InWords(type)}: such an object lies on the finalizer thread's "
                + "stack, which was scanned and not walked.",
            ]
            : [];
    }

    private static string InWords(HeapType type) =>
        RuntimeName.Parse(type.RuntimeName)?.ToCSharp() ?? type.RuntimeName;
}
