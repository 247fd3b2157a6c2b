namespace LifetimeMonitor.Naming;

/// <summary>A type name taken apart: the namespace, the nested types with their arguments, and what arrays are made of it.</summary>
/// <param name="Namespace">Empty for none.</param>
/// <param name="Parts">The outermost type first.</param>
/// <param name="Suffix"><c>[]</c>, <c>[,]</c>, <c>*</c> and the like, as C# orders them.</param>
internal sealed record RuntimeName(string Namespace, IReadOnlyList<RuntimeName.Part> Parts, string Suffix)
{
    /// <summary>One type among the nested ones.</summary>
    internal sealed record Part(string Name, IReadOnlyList<RuntimeName> Arguments);

    public static RuntimeName? Parse(string text) => new RuntimeNameParser(text).Parse();

    public string ToCSharp() => ToCSharp(withNamespace: true);

    private string ToCSharp(bool withNamespace)
    {
        if (Keyword() is { } keyword) return keyword + Suffix;
        if (IsOneOf("System", "Nullable") && Parts[0].Arguments is [var value]) return value.ToCSharp(withNamespace) + '?' + Suffix;
        if (IsOneOf("System", "ValueTuple") && Parts[0].Arguments.Count > 1) return $"({Join(Parts[0].Arguments)}){Suffix}";
        string prefix = withNamespace && !IsFrameworks(Namespace) ? Namespace + '.' : "";
        return prefix + string.Join('.', Parts.Select(p => p.Arguments.Count == 0 ? p.Name : $"{p.Name}<{Join(p.Arguments)}>")) + Suffix;
    }

    private static string Join(IEnumerable<RuntimeName> arguments) => string.Join(", ", arguments.Select(a => a.ToCSharp(withNamespace: false)));

    private static bool IsFrameworks(string space) => space.Length == 0 || space == "System" || space.StartsWith("System.", StringComparison.Ordinal);

    private bool IsOneOf(string space, string name) => Namespace == space && Parts.Count == 1 && Parts[0].Name == name;

    private string? Keyword() => Namespace != "System" || Parts.Count != 1 || Parts[0].Arguments.Count != 0 ? null : Parts[0].Name switch
    {
        "Object" => "object",
        "String" => "string",
        "Boolean" => "bool",
        "Char" => "char",
        "SByte" => "sbyte",
        "Byte" => "byte",
        "Int16" => "short",
        "UInt16" => "ushort",
        "Int32" => "int",
        "UInt32" => "uint",
        "Int64" => "long",
        "UInt64" => "ulong",
        "IntPtr" => "nint",
        "UIntPtr" => "nuint",
        "Single" => "float",
        "Double" => "double",
        "Decimal" => "decimal",
        "Void" => "void",
        _ => null,
    };
}
