using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>Advice for a field of the program's own objects, or an element of an array or collection.</summary>
internal static class FieldAdvice
{
    public static string? OfElement(NamedPath path, int suspect, string leaked)
    {
        if (path.Steps[suspect].Kind != ReferenceKind.Element
            || Ownership.IsInLibrary(path, suspect)
            || IsOfOtherCode(path, suspect))
            return null;
        // A library's array is open to the program only to read.
        if (IsOfArray(path, suspect) && Ownership.HolderOf(path, suspect) is >= 0 and var holder
            && Ownership.IsOfLibrary(path.Steps[holder]))
            return null;
        return IsOfArray(path, suspect)
            ? $"{path.Steps[suspect].Words} of {Container(path, suspect)} still refers to {Held(path, suspect)}: set it to "
                + $"null when the {leaked} is done."
            : $"An element was added to {Container(path, suspect)} and never removed: remove it when the {leaked} is "
                + "done.";
    }

    // Only for the last reference: the one that holds the object.
    public static string? OfField(NamedPath path, int suspect, string leaked) =>
        suspect > 0
        && path.Steps[suspect] is { Kind: ReferenceKind.Field, Facts.Member: not null } step
        && !Ownership.IsInLibrary(path, suspect)
        && (!Ownership.IsOfLibrary(path.Steps[suspect - 1]) || Ownership.IsReachable(path, suspect - 1))
            ? $"{step.Words} of {TypeNames.WithoutNamespace(path.Steps[suspect - 1].TypeName)} still refers to "
                + $"{Held(path, suspect)}: let go of it when the {leaked} is done."
            : null;

    private static string Held(NamedPath path, int suspect) =>
        suspect == path.Steps.Count - 1 ? "it" : $"the {TypeNames.WithoutNamespace(path.Steps[suspect].TypeName)}";

    // Nothing is added to an array: one of its elements was set.
    private static bool IsOfArray(NamedPath path, int suspect) =>
        path.Steps[suspect - 1].Type is { Type.IsArray: true }
        && (suspect == 1 ? !path.Root.IsStack : path.Steps[suspect - 1].Kind == ReferenceKind.Field);

    // A local of another thread, in code without source.
    private static bool IsOfOtherCode(NamedPath path, int suspect) =>
        suspect == 1 && path.Root is { IsStack: true, IsOfAssertingThread: false } && path.Frame?.Line is null;

    private static string Container(NamedPath path, int suspect) =>
        path.Steps[suspect].Facts is { Member: { } collection, Key: not null } && suspect > 0
        ? $"{collection} of {TypeNames.WithoutNamespace(path.Steps[suspect - 1].TypeName)}"
        : suspect > 0 && path.Steps[suspect - 1] is { Kind: ReferenceKind.SuspendedMethod, Facts: { Method: { } method } facts }
        ? $"{(facts.Member is { } variable ? $"'{variable}'" : "a variable")} of {method}"
        : suspect == 1
        ? path.Root.IsStack ? $"a local{(path.Frame is { } frame ? $" of {frame.Method}" : "")}" : path.Root.Words
        : $"{path.Steps[suspect - 1].Words} of {TypeNames.WithoutNamespace(path.Steps[suspect - 2].TypeName)}";
}
