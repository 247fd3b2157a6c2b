using System.Text.RegularExpressions;

namespace LifetimeMonitoring.Naming.Compiler;

/// <summary>
/// Names that the Visual Basic compiler generates: those of GeneratedNameConstants and StringConstants in Roslyn's
/// sources, in the terms of <see cref="CompilerName"/>.
/// </summary>
internal static partial class VisualBasicNames
{
    private static readonly (Regex Pattern, char Kind)[] s_kinds =
    [
        (Closure(), CompilerName.Closure),
        (Lambda(), CompilerName.Lambda),
        (StateMachine(), CompilerName.StateMachine),
        (ResumableLocal(), CompilerName.HoistedLocal),
        (Captured(), CompilerName.Parameter),
        (OuterClosure(), CompilerName.OuterScope),
        (This(), CompilerName.This),
        (Current(), CompilerName.Current),
        (Awaiter(), CompilerName.Awaiter),
        (State(), CompilerName.State),
        (Builder(), CompilerName.Builder),
        (CachedLambda(), CompilerName.CachedLambda),
        (StaticLocal(), CompilerName.StaticLocal),
        (AnonymousType(), CompilerName.AnonymousType),
        (AnonymousTypeField(), CompilerName.AnonymousTypeField),
    ];

    /// <summary>The parts, or null when that compiler did not generate the name.</summary>
    public static CompilerName? Parse(string name)
    {
        if (!name.Contains('$', StringComparison.Ordinal)) return null;
        foreach ((Regex pattern, char kind) in s_kinds)
        {
            if (pattern.Match(name) is { Success: true } match)
                return new CompilerName(match.Groups["inner"].Value, kind, match.Groups["rest"].Value);
        }

        return null;
    }

    [GeneratedRegex(@"^_Closure\$__(?<rest>.*)$")]
    private static partial Regex Closure();

    [GeneratedRegex(@"^_Lambda\$__(?<rest>.*)$")]
    private static partial Regex Lambda();

    [GeneratedRegex(@"^VB\$StateMachine_(?<rest>\d*)_(?<inner>.+)$")]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"^\$VB\$ResumableLocal_(?<inner>.+?)\$(?<rest>\d+)$")]
    private static partial Regex ResumableLocal();

    // A variable that a lambda captured, a parameter of a suspended method, and the iterator's copy of that parameter.
    [GeneratedRegex(@"^\$(VB\$Local|P)_(?<rest>.+)$")]
    private static partial Regex Captured();

    [GeneratedRegex(@"^\$VB\$NonLocal_(?<rest>.+)$")]
    private static partial Regex OuterClosure();

    [GeneratedRegex(@"^\$VB\$(?<rest>Me)$")]
    private static partial Regex This();

    [GeneratedRegex(@"^\$Current$")]
    private static partial Regex Current();

    [GeneratedRegex(@"^\$A(?<rest>\d+)$")]
    private static partial Regex Awaiter();

    [GeneratedRegex(@"^\$State$")]
    private static partial Regex State();

    [GeneratedRegex(@"^\$Builder$")]
    private static partial Regex Builder();

    [GeneratedRegex(@"^\$I(?<rest>\d+-\d+)?$")]
    private static partial Regex CachedLambda();

    [GeneratedRegex(@"^\$STATIC\$(?<inner>[^$]+)\$[^$]*\$(?<rest>.+)$")]
    private static partial Regex StaticLocal();

    [GeneratedRegex(@"^VB\$AnonymousType_(?<rest>\d+)")]
    private static partial Regex AnonymousType();

    [GeneratedRegex(@"^\$(?<inner>[^$]+)$")]
    private static partial Regex AnonymousTypeField();
}
