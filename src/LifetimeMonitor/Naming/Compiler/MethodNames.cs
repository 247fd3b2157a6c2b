namespace LifetimeMonitoring.Naming.Compiler;

/// <summary>Method names as the programmer wrote them.</summary>
internal static class MethodNames
{
    /// <summary>The method of a state machine that does its work.</summary>
    public const string MoveNext = "MoveNext";

    private const string TopLevel = "<Main>$";

    /// <summary><c>Dialog.OnClosed</c>, <c>lambda in Dialog.Open</c>, <c>local function Count in Dialog.Open</c>.</summary>
    /// <param name="type">The declaring type.</param>
    /// <param name="method">The name in the metadata.</param>
    public static string Of(RuntimeName type, string method)
    {
        string declaring = Owner(type) ?? "?";
        return CompilerName.Parse(type.Parts[^1].Name) switch
        {
            { Kind: CompilerName.StateMachine } machine when method == MoveNext => Member(declaring, machine.Inner),
            { Kind: CompilerName.Closure, Inner: { Length: > 0 } function } => method == MoveNext
                ? Member(declaring, function)
                : $"lambda in {Member(declaring, function)}",
            _ => Member(declaring, method),
        };
    }

    /// <summary>The member of a type by which the programmer knows a method.</summary>
    public static string Member(string type, string method) => method switch
    {
        TopLevel => "the top-level statements",
        ".ctor" => $"new {type}",
        ".cctor" => $"static {type}",
        "" => type,
        _ when CompilerName.Parse(method) is { Kind: CompilerName.Lambda } lambda =>
            $"lambda in {Member(type, lambda.Inner)}",
        _ when CompilerName.Parse(method) is { Kind: CompilerName.Closure, Inner: { Length: > 0 } function } =>
            Member(type, function),
        _ when CompilerName.Parse(method) is { Kind: CompilerName.LocalFunction } local =>
            $"local function {local.Rest.Split('|')[0]} in {Member(type, local.Inner)}",
        _ when method.StartsWith("get_", StringComparison.Ordinal)
            || method.StartsWith("set_", StringComparison.Ordinal) => $"{type}.{method[4..]}",
        // Implements an interface explicitly.
        _ when method.LastIndexOf('.') is > 0 and var dot => $"{type}.{method[(dot + 1)..]}",
        _ => $"{type}.{method}",
    };

    private static bool IsMade(string type) =>
        type.StartsWith('<')
        || CompilerName.Parse(type)
            is { Kind: CompilerName.Closure or CompilerName.StateMachine or CompilerName.AnonymousType };

    /// <summary>The type that the programmer wrote around compiler-generated ones, without its namespace.</summary>
    public static string? Owner(RuntimeName? type)
    {
        if (type is null) return null;
        RuntimeName.Part[] written = [.. type.Parts.TakeWhile(p => !IsMade(p.Name))];
        return written.Length == 0 ? null : (type with { Namespace = "", Parts = written, Suffix = "" }).ToCSharp();
    }
}
