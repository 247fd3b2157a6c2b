using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>
/// Finds the reference to blame: the last one on the path that is more than a field, because objects behind it only
/// own each other; or a field of a test class, which lives as long as its test. The root itself is the fallback.
/// </summary>
internal static class Suspect
{
    /// <summary>The index of the step whose reference is to blame.</summary>
    public static int Of(NamedPath path)
    {
        for (int i = path.Steps.Count - 1; i > 0; i--)
        {
            if (path.Steps[i].Omitted > 0) continue;
            if (path.Steps[i - 1].Type is { IsTestClass: true }) return i;
            if (!IsMoreThanOwning(path.Steps[i].Kind) || Views.Show(path, i)) continue;
            // Where a subscribed lambda captured the object, the program can undo the subscription; where lambdas
            // captured lambdas, it can let go of the outermost one.
            while (i > 0 && IsConsequence(path.Steps[i].Kind) && IsSubscription(path.Steps[i - 1].Kind)) i--;
            return i;
        }

        return 0;
    }

    private static bool IsMoreThanOwning(ReferenceKind kind) =>
        kind is not (ReferenceKind.Field or ReferenceKind.LoaderAllocator);

    private static bool IsConsequence(ReferenceKind kind) =>
        kind is ReferenceKind.CapturedVariable or ReferenceKind.Delegate;

    private static bool IsSubscription(ReferenceKind kind) =>
        kind is ReferenceKind.Event
            or ReferenceKind.Timer
            or ReferenceKind.CancellationRegistration
            or ReferenceKind.Delegate
            or ReferenceKind.Continuation
            or ReferenceKind.CapturedVariable
            or ReferenceKind.SuspendedMethod;
}
