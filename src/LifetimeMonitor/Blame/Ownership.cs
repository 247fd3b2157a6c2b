using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>Whether the program can end a reference: its own code, or the public API of a library.</summary>
internal static class Ownership
{
    // To dispose a task ends nothing.
    private const string Task = "System.Threading.Tasks.Task";

    // Public methods by which a library removes an object that the program added.
    private static readonly string[] s_removals =
        ["Remove", "Unregister", "Unsubscribe", "Detach", "Disconnect", "Clear"];

    // And those by which it gives out an element of a queue.
    private static readonly string[] s_takings = ["TryReceive", "TryDequeue", "Dequeue"];

    /// <summary>
    /// The step of the object that holds a reference, past the arrays and collections between them; -1 for the root.
    /// </summary>
    public static int HolderOf(NamedPath path, int step)
    {
        int holder = step - 1;
        while (holder >= 0 && Containers.Is(path.Steps[holder].Type)) holder--;
        return holder;
    }

    /// <summary>
    /// Whether a reference is private to a library: a field that a library declares, or an element of an array or
    /// collection in such a field. A public property is open to the program.
    /// </summary>
    public static bool IsInLibrary(NamedPath path, int step)
    {
        if (HolderOf(path, step) is not (>= 0 and var holder)) return path.Root.IsOfLibrary;
        NamedStep member = path.Steps[holder + 1];
        // In optimized code a field of the runtime contains the state machine, and the variables are fields of that.
        HeapType? owner = path.Steps[holder].Suspended is null ? member.Owner : null;
        if (!(owner?.Module.IsOfLibrary ?? IsOfLibrary(path.Steps[holder]))) return false;
        // A property system's rule names the collection and its element in one step.
        bool isElement = holder + 1 < step || member.Facts.Key is not null;
        return member.Facts.Member is not { } name
            || path.Steps[holder].Type is not { } type
            || !(type.Offers("set_" + name) || (isElement && type.Offers("get_" + name)));
    }

    /// <summary>Whether a library, and not the program, wrote the type of an object.</summary>
    public static bool IsOfLibrary(NamedStep step) => step.Suspended?.IsOfLibrary ?? step.Type is { IsOfLibrary: true };

    /// <summary>
    /// Whether a library holds one of its own objects, or one that derives from it, until its user disposes it.
    /// </summary>
    public static bool IsLentToLibrary(NamedPath path, int step)
    {
        NamedStep held = path.Steps[step];
        if (!IsDisposable(held)) return false;
        // The library calls it back.
        if (held.Kind is ReferenceKind.Timer or ReferenceKind.CancellationRegistration && step > 0)
            return IsOfLibrary(held);
        int holder = HolderOf(path, step);
        string? library = holder >= 0
            ? IsInLibrary(path, step) ? path.Steps[holder].Type?.Type.Module.Name : null
            : path.Root.Library;
        // A static field that holds the object itself may be that of a library's own single instance.
        return library is not null
            && held.Type!.IsDisposableOf(library)
            && (!IsOfLibrary(held) || (holder < step - 1 && held.Kind == ReferenceKind.Element));
    }

    /// <summary>Whether an object is a task.</summary>
    public static bool IsTask(NamedStep step) => step.Type?.Bases.Contains(Task) == true;

    /// <summary>Whether a user can dispose an object.</summary>
    public static bool IsDisposable(NamedStep step) =>
        step.Type is { IsDisposable: true, PublicName: not null } && !IsTask(step);

    /// <summary>The public method that removes an object from an object of a library; null for none.</summary>
    public static string? RemovalFrom(NamedPath path, int step) =>
        HolderOf(path, step) is >= 0 and var holder
        && IsReachable(path, holder)
        && path.Steps[holder].Type is { } type
            ? Array.Find(s_removals, type.Offers)
                ?? (path.Steps[step].Kind == ReferenceKind.Element ? Array.Find(s_takings, type.Offers) : null)
            : null;

    /// <summary>Whether the program has the reference to an object itself, and not only the library around it.</summary>
    public static bool IsReachable(NamedPath path, int step) =>
        step == 0 ? !path.Root.IsOfLibrary : !IsInLibrary(path, step);

    /// <summary>Whether the public API of a library ends a reference inside it, in words of its own.</summary>
    public static bool HasSentence(NamedPath path, int step) =>
        Pools.Is(path, step)
        || LibraryKeepers.Keeps(path, step)
        || HostAdvice.Keeps(path, step)
        || Subscriptions.Is(path, step);

    /// <summary>Whether the program can end a reference that is more than plain ownership.</summary>
    public static bool CanEnd(NamedPath path, int step)
    {
        if (HasSentence(path, step)) return true;
        NamedStep held = path.Steps[step];
        if (step == 0) return !path.Root.IsOfLibrary;
        if (IsLentToLibrary(path, step)) return true;
        bool isInLibrary = IsInLibrary(path, step);
        return held.Kind switch
        {
            ReferenceKind.Event => !IsOutOfReach(path, HolderOf(path, step)),
            ReferenceKind.AsyncLocal => true,
            ReferenceKind.Attached => !IsOfLibrary(held) || held.Type?.PublicName is not null,
            ReferenceKind.SuspendedMethod => !isInLibrary,
            ReferenceKind.Continuation => held.Suspended is not { IsOfLibrary: true },
            ReferenceKind.CancellationRegistration when IsTask(held) => true,
            ReferenceKind.Timer or ReferenceKind.CancellationRegistration =>
                !IsOfLibrary(held),
            ReferenceKind.Element or ReferenceKind.Delegate =>
                isInLibrary ? RemovalFrom(path, step) is not null : !IsOutOfReach(path, HolderOf(path, step)),
            ReferenceKind.CapturedVariable => !isInLibrary,
            _ => false,
        };
    }

    /// <summary>Whether the program, or the public API of the holder, can end a reference of any kind.</summary>
    public static bool CanEndPlain(NamedPath path, int step) =>
        !IsInLibrary(path, step)
        || HostAdvice.Keeps(path, step)
        || (HolderOf(path, step) is >= 0 and var holder
            && (IsDisposable(path.Steps[holder]) || RemovalFrom(path, step) is not null));

    // The program let go of an object that only its library still holds: it cannot unsubscribe any more.
    private static bool IsOutOfReach(NamedPath path, int publisher) =>
        publisher >= 0
        && IsOfLibrary(path.Steps[publisher])
        && (IsLentToLibrary(path, publisher) || LibraryKeepers.Keeps(path, publisher));
}
