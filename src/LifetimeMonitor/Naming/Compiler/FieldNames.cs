namespace LifetimeMonitor.Naming.Compiler;

/// <summary>Field names as the programmer wrote them.</summary>
internal static class FieldNames
{
    /// <summary>The property's name for the field behind an auto-property, the parameter's for a captured one, the field's own otherwise.</summary>
    public static string Of(string name) => CompilerName.Parse(name) switch
    {
        { Kind: CompilerName.BackingField or CompilerName.AnonymousTypeField or CompilerName.PrimaryConstructorParameter } made => made.Inner,
        _ => name,
    };

    /// <summary>The same for a path through structs: <c>_inner.Owner</c>.</summary>
    public static string OfPath(string path) =>
        path.Contains('<', StringComparison.Ordinal) ? string.Join('.', path.Split('.').Select(Of)) : path;
}
