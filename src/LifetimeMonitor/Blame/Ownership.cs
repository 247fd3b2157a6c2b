using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>Whether the program can end a reference: its own code, or the public API of a library.</summary>
internal static class Ownership
{
    // Public methods by which a library takes out again what was put into it.
    private static readonly string[] s_removals =
        ["Remove", "Unregister", "Unsubscribe", "Detach", "Disconnect", "Clear"];

    /// <summary>
    /// The step of the object that holds a reference, past the arrays and collections between them; -1 for the root.
    /// </summary>
    public static int HolderOf(NamedPath path, int step)
    {
        int holder = step - 1;
        while (holder >= 0 && Containers.Is(path.Steps[holder].Type)) holder--;
        return holder;
    }

    /// <summary>Whether a library's object or static field holds a reference.</summary>
    public static bool IsInLibrary(NamedPath path, int step) => HolderOf(path, step) is >= 0 and var holder
        ? IsOfLibrary(path.Steps[holder])
        : path.Root.IsOfLibrary;

    /// <summary>Whether a library, and not the program, wrote the type of an object.</summary>
    public static bool IsOfLibrary(NamedStep step) => (step.StateMachine ?? step.Type) is { IsOfLibrary: true };

    /// <summary>Whether a library holds an object that its user is to dispose.</summary>
    public static bool IsLentToLibrary(NamedPath path, int step) =>
        IsInLibrary(path, step) && IsDisposable(path.Steps[step]);

    /// <summary>Whether a user can dispose an object.</summary>
    public static bool IsDisposable(NamedStep step) => step.Type is { IsDisposable: true, PublicName: not null };

    /// <summary>The public method that takes out what an object of a library holds; null for none.</summary>
    public static string? RemovalFrom(NamedPath path, int step) =>
        HolderOf(path, step) is >= 0 and var holder && path.Steps[holder].Type is { } type
            ? Array.Find(s_removals, type.Offers)
            : null;

    /// <summary>Whether the program can end a reference that is more than plain ownership.</summary>
    public static bool CanEnd(NamedPath path, int step)
    {
        if (LibraryKeepers.Keeps(path, step) || HostAdvice.Keeps(path, step) || Subscriptions.Is(path, step)) return true;
        NamedStep held = path.Steps[step];
        if (step == 0) return !path.Root.IsOfLibrary || IsDisposable(held);
        bool isInLibrary = IsInLibrary(path, step);
        return held.Kind switch
        {
            ReferenceKind.Event => !isInLibrary || !IsOutOfReach(path, HolderOf(path, step)),
            ReferenceKind.AsyncLocal or ReferenceKind.Attached => true,
            ReferenceKind.SuspendedMethod => !isInLibrary,
            ReferenceKind.Continuation => held.StateMachine is not { IsOfLibrary: true },
            ReferenceKind.Timer or ReferenceKind.CancellationRegistration =>
                !IsOfLibrary(held) || IsDisposable(held),
            ReferenceKind.Element or ReferenceKind.Delegate =>
                !isInLibrary || IsDisposable(held) || RemovalFrom(path, step) is not null,
            ReferenceKind.CapturedVariable => !isInLibrary,
            _ => false,
        };
    }

    /// <summary>Whether the program, or the public API of the holder, can end a reference of any kind.</summary>
    public static bool CanEndPlain(NamedPath path, int step) =>
        !IsInLibrary(path, step)
        || (HolderOf(path, step) is >= 0 and var holder
            && (IsDisposable(path.Steps[holder]) || RemovalFrom(path, step) is not null));

    // The program let go of a publisher that only a library still holds: it cannot unsubscribe any more, but dispose it.
    private static bool IsOutOfReach(NamedPath path, int publisher) =>
        publisher >= 0 && path.Steps[publisher].Kind != ReferenceKind.Field && IsLentToLibrary(path, publisher);
}
