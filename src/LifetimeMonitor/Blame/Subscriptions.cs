using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>Observers that an observable keeps, in any library or program.</summary>
internal static class Subscriptions
{
    private static readonly string[] s_observers = ["System.IObserver", "R3.Observer"],
        s_observables = ["System.IObservable", "R3.Observable"], s_libraries = ["System.Reactive.", "R3."];

    /// <summary>Whether a reference leads from an observable, or from its subscription, to an observer.</summary>
    public static bool Is(NamedPath path, int step) =>
        step > 0
        && path.Steps[step].Kind != ReferenceKind.Event
        && Is(path, step, s_observers)
        && !IsOwn(path, step)
        && IsObserved(path, step);

    /// <summary>The advice where an observer holds the suspect reference or is its target; null elsewhere.</summary>
    public static string? Advice(NamedPath path, int suspect, string leaked) =>
        Is(path, suspect) || (path.Steps[suspect].Kind != ReferenceKind.Event && Is(path, suspect - 1))
            ? $"An observer is kept until its subscription is disposed: when the {leaked} is done, dispose the IDisposable "
                + "that Subscribe returned."
            : null;

    // Nobody subscribed the subject that an observable has inside.
    private static bool IsOwn(NamedPath path, int step) =>
        path.Steps[step].Kind == ReferenceKind.Field
        && Is(path, step, s_observables)
        && Is(path, step - 1, s_observables);

    // The only trace of the observable may be an operator: the timer, and its callback.
    private static bool IsObserved(NamedPath path, int observer)
    {
        for (int i = 0; i < observer; i++)
        {
            if (Is(path, i, s_observables)
                || Array.Exists(
                    s_libraries,
                    l => path.Steps[i].Type?.Definition.StartsWith(l, StringComparison.Ordinal) == true))
                return true;
        }

        return false;
    }

    private static bool Is(NamedPath path, int step, string[] definitions) =>
        path.Steps[step].Type is { } type
        && Array.Exists(definitions, d => type.Bases.Contains(d) || type.Implements(d));
}
