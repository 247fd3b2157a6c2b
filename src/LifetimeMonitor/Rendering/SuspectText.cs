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
        while (first > 0 && path.Steps[first].Kind == ReferenceKind.Element) first--;
        string words = string.Concat(path.Steps.Skip(first).Take(suspect - first + 1).Select(Words));
        if (first == 0) return WithoutNamespace(words);
        return path.Steps[first].Kind is ReferenceKind.Field or ReferenceKind.Delegate
            ? $"{words} of {Short(path.Steps[first - 1].TypeName)}"
            : words;
    }

    /// <summary>The length of the reference itself, without its thread and its source line.</summary>
    public static int LengthOf(string reference) => s_details
        .Select(d => reference.IndexOf(d, StringComparison.Ordinal))
        .Where(i => i > 0)
        .Append(reference.Length)
        .Min();

    /// <summary>The name of a type without its namespace. A generic type keeps it.</summary>
    public static string Short(string type) =>
        type.Contains('<', StringComparison.Ordinal) ? type : type[(type.LastIndexOf('.') + 1)..];

    // "static field Namespace.Type.field" without the namespace.
    private static string WithoutNamespace(string root)
    {
        int begin = root.LastIndexOf("static field ", StringComparison.Ordinal);
        if (begin < 0 || root.Contains('<', StringComparison.Ordinal)) return root;
        begin += "static field ".Length;
        int end = root.IndexOf('[', begin) is >= 0 and var element ? element : root.Length;
        int field = root.LastIndexOf('.', end - 1);
        int type = field > begin ? root.LastIndexOf('.', field - 1) : -1;
        return type < begin ? root : root[..begin] + root[(type + 1)..];
    }

    private static string Words(PathStep step) => step.Kind == ReferenceKind.Element && step.Reference.StartsWith('[')
        ? step.Reference
        : step.Reference[..LengthOf(step.Reference)];
}
