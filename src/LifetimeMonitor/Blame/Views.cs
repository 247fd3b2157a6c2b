using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>
/// Objects that lead to the elements of a collection that nobody else may know: enumerators, queries that have not run,
/// proxies with their interceptors, and the compiler's list for a collection expression. The program cannot take the
/// element out of them, but let go of them.
/// </summary>
internal static class Views
{
    /// <summary>Whether a step is an element that only such an object leads to.</summary>
    public static bool Show(NamedPath path, int step)
    {
        if (step == 0 || path.Steps[step].Kind != ReferenceKind.Element) return false;
        if (path.Steps[step - 1].Type is { Made.Kind: Naming.Compiler.CompilerName.CollectionExpression }) return true;
        return step > 1
            && path.Steps[step - 1].Kind == ReferenceKind.Field
            && path.Steps[step - 2].Type is { } holder
            && IsView(holder);
    }

    /// <summary>Whether a type is one of an enumerator, a query or a proxy.</summary>
    public static bool IsView(TypeFacts type) =>
        type.Implements("System.Collections.IEnumerator") || RuntimeInsides.IsQuery(type) || Proxies.Is(type);
}
