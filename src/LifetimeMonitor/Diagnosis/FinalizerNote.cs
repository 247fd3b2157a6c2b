using LifetimeMonitoring.Collecting;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>Notes that pending finalizers did not end, and the reason.</summary>
internal static class FinalizerNote
{
    /// <summary>Every collection, including the last one, found more objects to finalize.</summary>
    public const string CutShort =
        "Every collection still found objects to finalize, so a finalizer may yet let go of the holder of the object.";

    /// <param name="unended">The wait that ended before the finalizers did.</param>
    /// <param name="stuck">Names the finalizer that blocks the others, in sentences; empty when unknown.</param>
    public static IReadOnlyList<string> Of(CollectionStep unended, IReadOnlyList<string> stuck)
    {
        const string End = "the process is ending, and the runtime runs none any more.";
        if (unended.IsAtProcessEnd) return [$"Finalizers were not waited for: {End}"];
        if (unended.LacksThread)
            return
            [
                "Finalizers were not waited for, because the system gives no thread to do it on: a pending one may "
                + "hold the object.",
            ];
        string late = $"Pending finalizers did not end within {Quantity.Seconds(unended.Duration)}";
        // The end may have been detected only after the wait.
        if (ProcessEnd.HasBegun) return [$"{late}: {End}"];
        // If the program always adds objects to finalize, the wait never ends, and no finalizer is stuck.
        return stuck.Count == 0
            ? [
                $"{late}: one of them is stuck, or objects are finalized all the time. The objects that a pending "
                + "finalizer holds stay alive.",
            ]
            : [$"{late}: one of them is stuck, and the objects that it holds stay alive.", .. stuck];
    }
}
