using Microsoft.CodeAnalysis;

namespace LifetimeMonitoring.Analyzers;

/// <summary>The names of a type and its base types.</summary>
internal static class TypeNames
{
    public static IEnumerable<string> OfTypeAndBases(ITypeSymbol? type) => Bases(type).Select(t => t.Name);

    /// <summary>Whether a type, or one that it derives from, has this full name.</summary>
    public static bool IsOrDerivesFrom(ITypeSymbol? type, string fullName) => Bases(type).Any(t => t.ToDisplayString() == fullName);

    public static IEnumerable<ITypeSymbol> Bases(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType) yield return type;
    }
}
