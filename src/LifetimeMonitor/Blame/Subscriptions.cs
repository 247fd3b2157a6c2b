using LifetimeMonitor.Naming;
using LifetimeMonitor.Naming.Rules;

namespace LifetimeMonitor.Blame;

/// <summary>Observers that an observable keeps, whoever wrote either of them.</summary>
internal static class Subscriptions
{
    private const string Observer = "System.IObserver", Observable = "System.IObservable", Reactive = "System.Reactive.";

    /// <summary>What to do where the suspect reference is an observer's, or leads to one; null elsewhere.</summary>
    public static string? Advice(NamedPath path, int suspect, string leaked)
    {
        if (path.Steps[suspect].Nature == ReferenceNature.Event) return null;
        // The object itself may observe; what an observer leads to is its own affair.
        int observer = suspect;
        if (!Is(path, observer, Observer)) observer--;
        return observer > 0 && Is(path, observer, Observer) && IsObserved(path, observer)
            ? $"An observer is kept until its subscription is disposed: dispose what Subscribe returned when the {leaked} is done."
            : null;
    }

    // An operator of Rx may be all that is left of the observable: the timer, and what it calls.
    private static bool IsObserved(NamedPath path, int observer)
    {
        for (int i = 0; i < observer; i++)
        {
            if (Is(path, i, Observable) || path.Steps[i].Type?.Definition.StartsWith(Reactive, StringComparison.Ordinal) == true) return true;
        }

        return false;
    }

    private static bool Is(NamedPath path, int step, string definition) => path.Steps[step].Type?.Implements(definition) == true;
}
