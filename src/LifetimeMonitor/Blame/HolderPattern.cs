using System.IO.Enumeration;
using LifetimeMonitor.Naming;

namespace LifetimeMonitor.Blame;

/// <summary>Matches known holders against paths.</summary>
internal static class HolderPattern
{
    private const string Assembly = "assembly:";

    /// <summary>The first known holder on a path, and the step whose reference it stands for; null when there is none.</summary>
    public static (KnownHolder Holder, NamedStep Step)? FirstOn(NamedPath path, IEnumerable<KnownHolder> known)
    {
        // The object asked about is nobody's holder.
        IReadOnlyList<NamedStep> steps = path.Steps;
        foreach (KnownHolder holder in known)
        {
            for (int i = 0; i < steps.Count; i++)
            {
                if (steps[i].Fields.Any(f => Matches(holder.Pattern, f)) || (i < steps.Count - 1 && MatchesType(holder.Pattern, steps[i].Type))) return (holder, steps[i]);
            }
        }

        return null;
    }

    private static bool MatchesType(string pattern, TypeFacts? type) => type is not null
        && (pattern.StartsWith(Assembly, StringComparison.Ordinal)
            ? FileSystemName.MatchesSimpleExpression(pattern.AsSpan(Assembly.Length), type.Type.Module.Name, ignoreCase: false)
            : type.Bases.Any(b => Matches(pattern, b)));

    // A nested type may be written with a point or, as the runtime does, with a plus sign.
    private static bool Matches(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern.Replace('+', '.'), name.Replace('+', '.'), ignoreCase: false);
}
