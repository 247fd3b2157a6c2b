namespace LifetimeMonitoring.Diagnosis;

/// <summary>Notes that the garbage collector is slow, because a reader would blame the check.</summary>
internal static class CollectionNotes
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(1);

    /// <summary>One sentence, or none.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<CollectionStep> steps)
    {
        CollectionStep[] full = [.. steps.Where(s => s.Kind == CollectionStepKind.Full)];
        TimeSpan sum = full.Aggregate(TimeSpan.Zero, (total, step) => total + step.Duration);
        if (full.Length == 0 || sum < s_long * full.Length) yield break;
        yield return $"The garbage collector takes {Quantity.Seconds(sum / full.Length)} for one full collection of "
            + $"this heap, and {full.Length} were needed: no time budget limits a collection.";
    }
}
