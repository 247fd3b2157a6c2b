using System.Text.RegularExpressions;

namespace LifetimeMonitoring.Naming.Compiler;

/// <summary>
/// Names that the F# compiler generates, in the terms of <see cref="CompilerName"/>: <c>load@12-1</c> for code in a
/// function, with the line; <c>Owner@</c> for the field behind a property; and a class beside each file for the
/// values of its modules.
/// </summary>
internal static partial class FSharpNames
{
    private const string Constructor = "-ctor", StaticConstructor = "-cctor";

    /// <summary>The parts, or null when that compiler did not generate the name.</summary>
    public static CompilerName? Parse(string name)
    {
        if (!name.Contains('@', StringComparison.Ordinal)) return null;
        if (BackingField().Match(name) is { Success: true } field)
            return new CompilerName(field.Groups["inner"].Value, CompilerName.BackingField, "");
        if (Made().Match(name) is not { Success: true } made) return null;
        string inner = made.Groups["inner"].Value;
        return new CompilerName(
            inner switch { Constructor => ".ctor", StaticConstructor => ".cctor", _ => inner },
            CompilerName.Closure,
            made.Groups["rest"].Value);
    }

    /// <summary>
    /// The programmer's name of the module, for the class that keeps its values:
    /// <c>&lt;StartupCode$shop&gt;.$Shop.Orders</c>.
    /// </summary>
    public static RuntimeName OfModule(RuntimeName name)
    {
        string full = name.Namespace.Length == 0 ? "" : name.Namespace + '.';
        if (!full.StartsWith("<StartupCode$", StringComparison.Ordinal)
            || full.IndexOf(">.", StringComparison.Ordinal) is not (> 0 and var end))
            return name;
        string space = full[(end + 2)..].TrimEnd('.').TrimStart('$');
        return name with
        {
            Namespace = space,
            Parts = [name.Parts[0] with { Name = name.Parts[0].Name.TrimStart('$') }, .. name.Parts.Skip(1)],
        };
    }

    [GeneratedRegex("^(?<inner>[^@]+)@$")]
    private static partial Regex BackingField();

    [GeneratedRegex(@"^(?<inner>[^@]+)@(?<rest>\d+(-\d+)?)$")]
    private static partial Regex Made();
}
