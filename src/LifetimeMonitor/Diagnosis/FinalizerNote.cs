using LifetimeMonitor.Collecting;

namespace LifetimeMonitor.Diagnosis;

/// <summary>Says that pending finalizers did not end, and why.</summary>
internal static class FinalizerNote
{
    /// <summary>Each collection found more to finalize, to the last that was made.</summary>
    public const string CutShort = "Every collection still found objects to finalize, so a finalizer may yet let go of what holds the object.";

    /// <param name="unended">The wait that did not see the end of them.</param>
    /// <param name="stuck">Which one holds up the others, in sentences; empty when that is not known.</param>
    public static IReadOnlyList<string> Of(CollectionStep unended, IReadOnlyList<string> stuck)
    {
        const string End = "the process is ending, and the runtime runs none any more.";
        if (unended.IsAtProcessEnd) return [$"Finalizers were not waited for: {End}"];
        if (unended.LacksThread)
            return ["Finalizers were not waited for, because the system gives no thread to do it on: a pending one may hold the object."];
        string late = $"Pending finalizers did not end within {Quantity.Seconds(unended.Duration)}";
        // That may have been found out only after it had been waited for them.
        if (ProcessEnd.HasBegun) return [$"{late}: {End}"];
        // Where objects are finalized all the time, the wait never sees the end of them, and none is stuck.
        return stuck.Count == 0
            ? [$"{late}: one of them is stuck, or objects are finalized all the time. What a pending one holds stays alive."]
            : [$"{late}: one of them is stuck, and what it holds stays alive.", .. stuck];
    }
}
