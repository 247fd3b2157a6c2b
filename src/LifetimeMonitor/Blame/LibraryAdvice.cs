using System.Globalization;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>
/// Advice for references inside libraries, which the program cannot cut: the last object that it can reach, and the
/// call that ends the reference.
/// </summary>
internal static class LibraryAdvice
{
    private const string Linked = "System.Threading.CancellationTokenSource+Linked",
        ThreadLocal = "System.Threading.ThreadLocal";

    private const string ForEver = "{1} keeps its findings about a type as long as the program runs, by design.";

    // The beginning of the name of a library's static field.
    private static readonly (string Field, string Owner, string Words)[] s_statics =
    [
        ("System.ComponentModel.TypeDescriptor.", "TypeDescriptor", ForEver),
        ("System.ComponentModel.ReflectTypeDescriptionProvider.", "TypeDescriptor", ForEver),
        ("System.Text.Json.", "System.Text.Json", ForEver),
        ("NLog.GlobalDiagnosticsContext.", "GlobalDiagnosticsContext", "{1} keeps it: call its Remove when the {0} is done."),
    ];

    /// <summary>The advice; null where nothing is known.</summary>
    public static string? For(NamedPath path, int suspect, string leaked)
    {
        NamedStep step = path.Steps[suspect];
        if (step.Kind is ReferenceKind.AsyncLocal or ReferenceKind.Attached or ReferenceKind.Event) return null;
        if (step.Type?.Definition.StartsWith(Linked, StringComparison.Ordinal) == true)
            return "The linked CancellationTokenSource was not disposed, and the source that it is linked to lives on: "
                + $"when {Done(path, suspect, leaked)}, dispose the source that CreateLinkedTokenSource returned.";
        if (Ownership.IsLentToLibrary(path, suspect)) return Dispose(path, suspect, leaked);
        if (step.Kind is not (ReferenceKind.Field or ReferenceKind.Element or ReferenceKind.Delegate)) return null;
        int holder = Ownership.HolderOf(path, suspect);
        if (step.Kind == ReferenceKind.Field && holder >= 0 && Ownership.IsLentToLibrary(path, holder))
            return Dispose(path, holder, leaked);
        if (Ownership.IsInLibrary(path, suspect)) return OfInside(path, suspect, leaked) ?? OfStatic(path, leaked);
        return suspect < path.Steps.Count - 1
            && step is { Kind: ReferenceKind.Field, Type.IsDisposable: true, Suspended: null }
            && Ownership.IsOfLibrary(step)
            && Ownership.IsInLibrary(path, suspect + 1)
            && !Containers.Is(step.Type)
                ? OfDisposable(path, suspect, leaked)
                : null;
    }

    // Its user may know it only as an IDisposable.
    private static string? OfDisposable(NamedPath path, int suspect, string leaked)
    {
        NamedStep step = path.Steps[suspect];
        if (Ownership.IsDisposable(step))
            return $"The {Name(step)} keeps it: when the {leaked} is done, dispose the {Name(step)} and let go of it.";
        return step.Type is { PublicName: null } type && type.Implements("System.IDisposable") && !Views.IsView(type)
            ? $"The IDisposable in {(suspect == 0 ? path.Root.Words : step.Words)} keeps it: when the {leaked} is done, "
                + "dispose it and let go of it."
            : null;
    }

    // A disposed object may keep its fields, and the program keeps the object.
    private static string LetGo(NamedPath path, int holder) =>
        Ownership.IsReachable(path, holder) && !path.Root.IsStack ? " and let go of it" : "";

    private static string? OfInside(NamedPath path, int suspect, string leaked)
    {
        int holder = Ownership.HolderOf(path, suspect);
        if (holder < 0) return null;
        string owner = Name(path.Steps[holder]);
        if (Ownership.RemovalFrom(path, suspect) is { } method)
            return $"The {owner} keeps it: call its {method} when the {leaked} is done.";
        // A library need not let go of its insides when the program disposes its object. But an object whose own method
        // alone holds it waits there for its disposal.
        bool isOwn = holder > 0 && path.Steps[holder - 1].Suspended is not null;
        if (!Ownership.IsDisposable(path.Steps[holder]) || (Ownership.IsInLibrary(path, holder) && !isOwn)) return null;
        string end = path.Steps[holder].Type!.Definition == ThreadLocal ? "" : LetGo(path, holder);
        return $"The {owner} keeps it: when the {leaked} is done, dispose the {owner}{end}.";
    }

    private static string Dispose(NamedPath path, int step, string leaked)
    {
        bool isLeaked = step == path.Steps.Count - 1;
        string disposable = Name(path.Steps[step]);
        string ended = isLeaked ? "it" : $"the {disposable}";
        return $"The {disposable} stays registered until it is disposed: dispose {ended} when "
            + $"{Done(path, step, leaked)}.";
    }

    private static string? OfStatic(NamedPath path, string leaked) =>
        s_statics.FirstOrDefault(f => path.Root.Holder.StartsWith(f.Field, StringComparison.Ordinal))
            is { Owner: { } owner, Words: var words }
            ? string.Format(CultureInfo.InvariantCulture, words, leaked, owner)
            : null;

    private static string Done(NamedPath path, int step, string leaked) =>
        step == path.Steps.Count - 1 ? "it is done" : $"the {leaked} is done";

    private static string Name(NamedStep step) =>
        TypeNames.WithoutNamespace(step.Suspended is null && step.Type?.PublicName is { } name ? name : step.TypeName);
}
