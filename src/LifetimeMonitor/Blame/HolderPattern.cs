using System.IO.Enumeration;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>Matches known holders against paths.</summary>
internal static class HolderPattern
{
    private const string Assembly = "assembly:";

    /// <summary>The first known holder on a path, and the step with its reference; null when there is none.</summary>
    public static (KnownHolder Holder, NamedStep Step)? FirstOn(NamedPath path, IEnumerable<KnownHolder> known)
    {
        // The target object itself is not a holder.
        IReadOnlyList<NamedStep> steps = path.Steps;
        foreach (KnownHolder holder in known)
        {
            for (int i = 0; i < steps.Count; i++)
            {
                if (steps[i].Fields.Any(f => Matches(holder.Pattern, f))
                    || (i < steps.Count - 1 && MatchesType(holder.Pattern, steps[i].Type)))
                    return (holder, steps[i]);
            }
        }

        return null;
    }

    private static bool MatchesType(string pattern, TypeFacts? type) => type is not null
        && (pattern.StartsWith(Assembly, StringComparison.Ordinal)
            ? FileSystemName.MatchesSimpleExpression(
                pattern.AsSpan(Assembly.Length),
                type.Type.Module.Name,
                ignoreCase: false)
            : type.Bases.Any(b => Matches(pattern, b)));

    // A pattern may separate a nested type by a period or, as the runtime does, by a plus sign.
    private static bool Matches(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern.Replace('+', '.'), name.Replace('+', '.'), ignoreCase: false);
}
