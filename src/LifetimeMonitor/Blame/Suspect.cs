using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>
/// Finds the reference to blame: the last one on the path that is more than plain ownership, that the program or the
/// public API of a library can end, and whose removal frees the object. The search tells which references free it
/// (<see cref="Among"/>); when none of these does, the suspect is the last reference that does.
/// </summary>
internal static class Suspect
{
    /// <summary>The step whose reference is to blame, as far as the path alone tells.</summary>
    public static int Of(NamedPath path) => Candidates(path).First();

    /// <summary>The step to blame among those whose removal frees the object; null for none.</summary>
    public static int? Among(NamedPath path, Func<int, bool> frees) => Candidates(path)
        .SelectMany(i => Ownership.HasSentence(path, i) ? OfLibrary(path, i) : [i])
        .Concat(Last(path).Select(i => Cause(path, i)).Where(i => Ownership.CanEndPlain(path, i)))
        .Where(frees)
        .Select(i => (int?)i)
        .FirstOrDefault();

    // A library may hold an object in two ways, and ends both at once.
    private static IEnumerable<int> OfLibrary(NamedPath path, int step)
    {
        for (int i = step; i > 0 && (i == step || Ownership.IsInLibrary(path, i)); i--) yield return i;
    }

    // The best first.
    private static IEnumerable<int> Candidates(NamedPath path)
    {
        bool hasAny = false;
        foreach (int i in Last(path))
        {
            if (i == 0 || !IsMoreThanOwning(path, i) || Views.Show(path, i)) continue;
            int blamed = Cause(path, i);
            if (!Ownership.CanEnd(path, blamed)) continue;
            // A variable of a running method does not last. The program's own object that it leads to does.
            if (OwnVariables.Is(path, blamed) && OfOwnVariable(path, blamed) is { } lasting) blamed = lasting;
            hasAny = true;
            yield return blamed;
        }

        if (path.Root.IsStack && OfOwnVariable(path, 0) is { } field) yield return field;
        else if (Ownership.CanEnd(path, 0)) yield return 0;
        else if (!hasAny)
        {
            // Only insides of libraries lead to the object.
            foreach (int i in Last(path))
            {
                if (i > 0 && IsMoreThanOwning(path, i)) yield return Cause(path, i);
            }

            yield return 0;
        }
    }

    private static IEnumerable<int> Last(NamedPath path)
    {
        for (int i = path.Steps.Count - 1; i >= 0; i--)
        {
            if (path.Steps[i].Omitted == 0) yield return i;
        }
    }

    // Where a subscribed lambda captured the object, or another lambda that did, the program can undo the subscription.
    private static int Cause(NamedPath path, int step)
    {
        int first = step;
        while (step > 0
            && IsConsequence(path.Steps[step].Kind)
            && IsCause(path.Steps[step - 1].Kind, path.Steps[step].Kind))
            step--;
        // A library keeps a delegate in an object of its own, and that in its own subscription.
        return path.Steps[first].Kind == ReferenceKind.Delegate && !Ownership.CanEnd(path, step) ? first : step;
    }

    private static bool IsCause(ReferenceKind cause, ReferenceKind consequence) =>
        IsSubscription(cause)
        || (cause == ReferenceKind.CapturedVariable && consequence == ReferenceKind.CapturedVariable);

    // The last reference of one of the program's own objects behind a variable.
    private static int? OfOwnVariable(NamedPath path, int variable)
    {
        int last = path.Steps.Count - 1;
        for (int i = last; i > variable; i--)
        {
            if (path.Steps[i].Omitted == 0
                && !OwnVariables.Is(path, i)
                && path.Steps[i].Kind == ReferenceKind.Field
                && !Ownership.IsInLibrary(path, i))
                return i;
        }

        return null;
    }

    private static bool IsMoreThanOwning(NamedPath path, int step) =>
        path.Steps[step].Kind is not (ReferenceKind.Field or ReferenceKind.LoaderAllocator)
        || path.Steps[step - 1].Type is { IsTestClass: true }
        || Pools.Is(path, step)
        || LibraryKeepers.Keeps(path, step)
        || Subscriptions.Is(path, step)
        || (Ownership.IsLentToLibrary(path, step) && !Ownership.IsOfLibrary(path.Steps[step]));

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
