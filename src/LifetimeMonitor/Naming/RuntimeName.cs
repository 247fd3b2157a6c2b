using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Naming;

/// <summary>A parsed type name: the namespace, the nested types with their arguments, and the array suffix.</summary>
/// <param name="Namespace">Empty for none.</param>
/// <param name="Parts">The outermost type first.</param>
/// <param name="Suffix"><c>[]</c>, <c>[,]</c>, <c>*</c> and the like, as C# orders them.</param>
internal sealed record RuntimeName(string Namespace, IReadOnlyList<RuntimeName.Part> Parts, string Suffix)
{
    /// <summary>One type among the nested ones.</summary>
    internal sealed record Part(string Name, IReadOnlyList<RuntimeName> Arguments);

    private const string Shared = "__Canon", NoResult = "System.Threading.Tasks.VoidTaskResult";
    private static readonly string[] s_frameworks = ["System.", "Microsoft.FSharp."];

    /// <summary>The name without type arguments: <c>System.Collections.Generic.Dictionary+Entry</c>.</summary>
    public string Definition =>
        (Namespace.Length == 0 ? "" : Namespace + '.') + string.Join('+', Parts.Select(p => p.Name)) + Suffix;

    /// <summary>A type argument is the runtime's shared form for all reference types.</summary>
    public bool IsShared => Parts.SelectMany(p => p.Arguments).Any(IsSharedArgument);

    public static RuntimeName? Parse(string text) =>
        new RuntimeNameParser(text).Parse() is { } name ? FSharpNames.OfModule(name) : null;

    private string Joined()
    {
        var words = new List<string>();
        foreach (Part part in Parts)
        {
            // A task without a result has one inside.
            string arguments = part.Arguments is [] or [{ Definition: NoResult }] ? "" : $"<{Join(part.Arguments)}>";
            // The words for a compiler-generated type include the types around it.
            if (TypePartNames.InWords(part.Name, string.Join('.', words), arguments) is { } made) return made;
            words.Add(part.Name + arguments);
        }

        return string.Join('.', words);
    }

    /// <summary>With the names of type parameters in place of unknown arguments.</summary>
    public RuntimeName WithParameters(IReadOnlyList<string> names)
    {
        int used = 0;
        return this with { Parts = [.. Parts.Select(p => p with { Arguments = [.. p.Arguments.Select(Named)] })] };

        RuntimeName Named(RuntimeName argument)
        {
            int at = used++;
            return IsSharedArgument(argument) && at < names.Count
                ? new RuntimeName("", [new Part(names[at], [])], "")
                : argument;
        }
    }

    private static bool IsSharedArgument(RuntimeName argument) =>
        argument.Parts is [.., { Name: Shared }] || argument.IsShared;

    public string ToCSharp() => ToCSharp(withNamespace: true);

    /// <summary>The same with the namespace also of a type of the framework.</summary>
    public string ToFullCSharp() =>
        IsFrameworks(Namespace) && Namespace.Length > 0 ? $"{Namespace}.{ToCSharp()}" : ToCSharp();

    /// <summary>The same without namespaces.</summary>
    public string ToShortCSharp() => ToCSharp(withNamespace: false);

    private string ToCSharp(bool withNamespace)
    {
        if (Keyword() is { } keyword) return keyword + Suffix;
        if (IsOneOf("System", "Nullable") && Parts[0].Arguments is [var value])
            return value.ToCSharp(withNamespace) + '?' + Suffix;
        if (IsOneOf("System", "ValueTuple") && Parts[0].Arguments.Count > 1)
            return $"({Join(Parts[0].Arguments)}){Suffix}";
        string words = Joined();
        bool isWritten = Parts.All(p => TypePartNames.InWords(p.Name, "", "") is null);
        return (withNamespace && isWritten && !IsFrameworks(Namespace) ? Namespace + '.' : "") + words + Suffix;
    }

    private static string Join(IEnumerable<RuntimeName> arguments) =>
        string.Join(", ", arguments.Select(a => a.ToCSharp(withNamespace: false)));

    private static bool IsFrameworks(string space) =>
        space.Length == 0
        || space == "System"
        || s_frameworks.Any(f => space.StartsWith(f, StringComparison.Ordinal));

    private bool IsOneOf(string space, string name) => Namespace == space && Parts.Count == 1 && Parts[0].Name == name;

    private string? Keyword() => Namespace != "System" || Parts.Count != 1 || Parts[0].Arguments.Count != 0
        ? null
        : Parts[0].Name switch
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
