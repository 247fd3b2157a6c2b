using System.Globalization;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>
/// The objects that well-known libraries keep by design, and the calls that make them let go. The tests in
/// LifetimeMonitor.Libraries.Tests follow each sentence of advice with the library itself, and it frees the object.
/// </summary>
internal static class LibraryKeepers
{
    private static readonly Keeper[] s_all = [.. MicrosoftKeepers.All, .. CommunityKeepers.All];

    /// <summary>
    /// The advice where the suspect reference is inside such a library, or leads to an object of the library; null
    /// elsewhere.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="suspect">The step of the suspect reference.</param>
    /// <param name="nameOf">Names a step.</param>
    public static string? Advice(NamedPath path, int suspect, Func<NamedStep, string> nameOf) =>
        Of(path, suspect) is { } keeper
            ? string.Format(
                CultureInfo.InvariantCulture,
                keeper.Words,
                nameOf(path.Steps[^1]),
                nameOf(keeper.KeptBy(path, suspect)))
            : null;

    /// <summary>Whether such an object itself holds a reference.</summary>
    public static bool Keeps(NamedPath path, int step) =>
        !IsOwnHandler(path.Steps[step])
        && Of(path, step) is { } keeper
        && (path.Steps[step].Kind != ReferenceKind.Field || keeper.Is(path.Steps[step - 1].Type));

    /// <summary>Whether an object of the program's handles an event: the library does not keep that by design.</summary>
    public static bool IsOwnHandler(NamedStep step) => step.Kind == ReferenceKind.Event && !Ownership.IsOfLibrary(step);

    private static Keeper? Of(NamedPath path, int step) =>
        step > 0 ? Array.Find(s_all, k => k.Keeps(path, step)) : null;
}
