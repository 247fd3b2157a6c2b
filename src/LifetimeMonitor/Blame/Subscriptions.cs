using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>Observers that an observable keeps, in any library or program.</summary>
internal static class Subscriptions
{
    private const string Observer = "System.IObserver",
        Observable = "System.IObservable",
        Reactive = "System.Reactive.";

    /// <summary>The advice where an observer holds the suspect reference or is its target; null elsewhere.</summary>
    public static string? Advice(NamedPath path, int suspect, string leaked)
    {
        if (path.Steps[suspect].Kind == ReferenceKind.Event) return null;
        // The object itself may be the observer. References behind an observer do not matter here.
        int observer = suspect;
        if (!Is(path, observer, Observer)) observer--;
        return observer > 0 && Is(path, observer, Observer) && IsObserved(path, observer)
            ? "An observer is kept until its subscription is disposed: dispose what Subscribe returned when the "
                + $"{leaked} is done."
            : null;
    }

    // The only trace of the observable may be an operator of Rx: the timer, and its callback.
    private static bool IsObserved(NamedPath path, int observer)
    {
        for (int i = 0; i < observer; i++)
        {
            if (Is(path, i, Observable)
                || path.Steps[i].Type?.Definition.StartsWith(Reactive, StringComparison.Ordinal) == true)
                return true;
        }

        return false;
    }

    private static bool Is(NamedPath path, int step, string definition) =>
        path.Steps[step].Type?.Implements(definition) == true;
}
