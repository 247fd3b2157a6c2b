using System.Text.RegularExpressions;

namespace LifetimeMonitoring.Naming.Compiler;

/// <summary>
/// A compiler-generated type among the nested types of a name, in the terms of the source: where a type is a type
/// argument, or declares a static field.
/// </summary>
internal static partial class TypePartNames
{
    /// <summary>
    /// The programmer's name of a type that only its own file can name: the compiler puts a hash of the file before
    /// it, <c>&lt;Shop&gt;F1A…__Order</c>. The hash would differ between machines.
    /// </summary>
    public static string WithoutFile(string name) =>
        FileLocal().Match(name) is { Success: true } local ? local.Groups["name"].Value : name;

    /// <summary>The type in words; null where a programmer named it.</summary>
    /// <param name="name">The name in the metadata.</param>
    /// <param name="owner">The type that the programmer wrote around it; empty for none.</param>
    /// <param name="arguments">Its type arguments, in angle brackets; empty for none.</param>
    public static string? InWords(string name, string owner, string arguments) => CompilerName.Parse(name) switch
    {
        null => name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal)
            ? "constant data"
            : name.StartsWith('<') && name.Contains('>', StringComparison.Ordinal) ? "compiler-generated type" : null,
        { Kind: CompilerName.Closure, Inner.Length: > 0 } function => MethodNames.Member(owner, function.Inner),
        { Kind: CompilerName.Closure } => owner.Length == 0 ? "closure" : $"closure of {owner}",
        { Kind: CompilerName.StateMachine } machine => MethodNames.Member(owner, machine.Inner),
        { Kind: CompilerName.AnonymousType, Rest: var rest } =>
            rest.StartsWith("AnonymousDelegate", StringComparison.Ordinal) ? "delegate" : "anonymous type",
        // [a, b] for an interface: the compiler's own list.
        { Kind: CompilerName.CollectionExpression } => $"IReadOnlyList{arguments}",
        { Kind: CompilerName.Delegate or CompilerName.Action } => "delegate",
        { Kind: CompilerName.InlineArray } => $"inline array{arguments}",
        { Kind: CompilerName.MethodGroups } => $"cached delegates of {owner}",
        { Kind: CompilerName.CallSites } => $"dynamic calls of {owner}",
        _ => "compiler-generated type",
    };

    [GeneratedRegex("^<[^>]*>F[0-9A-F]{64}__(?<name>.+)$")]
    private static partial Regex FileLocal();
}
