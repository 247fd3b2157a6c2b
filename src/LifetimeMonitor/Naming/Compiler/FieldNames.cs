namespace LifetimeMonitoring.Naming.Compiler;

/// <summary>Field names as the programmer wrote them.</summary>
internal static class FieldNames
{
    /// <summary>
    /// The property's name for the field behind an auto-property; the parameter's name for a captured parameter; the
    /// field's own name otherwise.
    /// </summary>
    public static string Of(string name) => CompilerName.Parse(name) switch
    {
        {
            Kind: CompilerName.BackingField
                or CompilerName.AnonymousTypeField
                or CompilerName.PrimaryConstructorParameter
        } made => made.Inner,
        { Kind: CompilerName.StaticLocal, Inner.Length: > 0 } made => $"{made.Inner}.{made.Rest}",
        { Kind: CompilerName.Closure, Inner.Length: > 0 } made => made.Inner, // a value of an F# module
        _ => name,
    };

    /// <summary>A captured variable's own name, and the path through the structs in it.</summary>
    public static string OfVariable(string path)
    {
        string[] parts = path.Split('.', 2);
        string name = CompilerName.Parse(parts[0]) is { Kind: CompilerName.Parameter } captured
            ? captured.Rest
            : Of(parts[0]);
        return parts.Length == 1 ? name : $"{name}.{OfPath(parts[1])}";
    }

    /// <summary>The same for a path through structs: <c>_inner.Owner</c>.</summary>
    public static string OfPath(string path) =>
        string.Join('.', path.Split('.').Select(Of));
}
