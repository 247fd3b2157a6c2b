using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Rendering;

/// <summary>The suspect reference of a path, in words that are clear without the path.</summary>
internal static class SuspectText
{
    // The thread and the source line are not part of the reference.
    private static readonly string[] s_details = [" on thread", " of thread", " (", ", awaiting ", ", suspended "];

    /// <summary>Null when no reference of the path is the suspect.</summary>
    public static string? Of(RootPath path)
    {
        int suspect = path.Steps.ToList().FindIndex(s => s.IsSuspect);
        if (suspect < 0) return null;
        // An index says nothing without its collection.
        int first = suspect;
        while (first > 0 && IsElement(path.Steps[first])) first--;
        string[] elements = [.. path.Steps.Skip(first + 1).Take(suspect - first).Select(Words)];
        string words = Words(path.Steps[first]);
        if (elements.Length > 0) words = OfElement(elements, words, IsField(path, first));
        return first > 0 && IsBare(path.Steps[first])
            ? $"{words} of {TypeNames.WithoutNamespace(path.Steps[first - 1].TypeName)}"
            : words;
    }

    /// <summary>The length of the reference itself, without its thread and its source line.</summary>
    public static int LengthOf(string reference) => s_details
        .Select(d => reference.IndexOf(d, StringComparison.Ordinal))
        .Where(i => i > 0)
        .Append(reference.Length)
        .Min();

    // "s_open[3]" as C# writes it; "element of s_waiting" and "[0] of local 'all'" where it does not.
    private static string OfElement(string[] elements, string collection, bool isField) =>
        isField && Array.TrueForAll(elements, e => e.StartsWith('['))
            ? collection + string.Concat(elements)
            : $"{string.Join(" of ", Enumerable.Reverse(elements))} of {collection}";

    private static bool IsElement(PathStep step) =>
        step.Kind == ReferenceKind.Element || (step.Kind == ReferenceKind.Delegate && step.Reference.StartsWith('['));

    private static bool IsField(RootPath path, int step) => step == 0
        ? path.Kind is RootKind.StaticField or RootKind.ThreadStaticField
        : path.Steps[step].Kind == ReferenceKind.Field;

    // The name of a field, or of a part of the framework, says nothing without its object.
    private static bool IsBare(PathStep step) => step.Handler is null && step.Kind
        is ReferenceKind.Field
        or ReferenceKind.Delegate
        or ReferenceKind.Timer
        or ReferenceKind.CancellationRegistration
        or ReferenceKind.Continuation
        or ReferenceKind.AsyncLocal;

    private static string Words(PathStep step)
    {
        if (IsElement(step)) return step.Reference;
        string words = step.Kind == ReferenceKind.Attached ? "an attached value" : step.Reference[..LengthOf(step.Reference)];
        return step.DeclaringType is { } declaring
            ? words.Replace($"{declaring}.", $"{TypeNames.WithoutNamespace(declaring)}.", StringComparison.Ordinal)
            : words;
    }
}
