using LifetimeMonitor.Naming;
using LifetimeMonitor.Naming.Rules;

namespace LifetimeMonitor.Blame;

/// <summary>
/// Finds the reference to blame: the last one on the path that is more than a field, because behind it objects only own each
/// other; or a field of a test class, which lives as long as its test. When there is none, the root itself.
/// </summary>
internal static class Suspect
{
    /// <summary>The number of the step whose reference is to blame.</summary>
    public static int Of(NamedPath path)
    {
        for (int i = path.Steps.Count - 1; i > 0; i--)
        {
            if (path.Steps[i].Omitted > 0) continue;
            if (path.Steps[i - 1].Type is { IsTestClass: true }) return i;
            if (!IsMoreThanOwning(path.Steps[i].Nature)) continue;
            // A lambda that is subscribed to an event and captured the object: the subscription is what can be undone.
            while (i > 0 && IsConsequence(path.Steps[i].Nature) && IsSubscription(path.Steps[i - 1].Nature)) i--;
            return i;
        }

        return 0;
    }

    private static bool IsMoreThanOwning(ReferenceNature nature) => nature is not (ReferenceNature.Field or ReferenceNature.LoaderAllocator);

    private static bool IsConsequence(ReferenceNature nature) => nature is ReferenceNature.CapturedVariable or ReferenceNature.Delegate;

    private static bool IsSubscription(ReferenceNature nature) =>
        nature is ReferenceNature.Event or ReferenceNature.Timer or ReferenceNature.CancellationRegistration or ReferenceNature.Delegate or ReferenceNature.Continuation;
}
