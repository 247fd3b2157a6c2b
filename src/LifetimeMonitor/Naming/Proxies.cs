using System.Text.RegularExpressions;

namespace LifetimeMonitoring.Naming;

/// <summary>Types that a library writes at run time, in the place of a type of the program.</summary>
internal static partial class Proxies
{
    /// <summary>Whether a type is the proxy of another one.</summary>
    public static bool Is(TypeFacts? type) => type is not null && Name(type) is not null;

    /// <summary>A proxy in words; null for other types.</summary>
    public static string? Name(TypeFacts type)
    {
        if (type.Name is not { Parts: [.., { Name: var name }], Suffix.Length: 0 } full) return null;
        // A DispatchProxy is written as a class that derives from the program's own.
        if (full.Namespace.Length == 0 && Generated().IsMatch(name))
            return type.Type.Base is { } own ? TypeNames.FromRuntimeName(own.RuntimeName) : null;
        return full.Namespace == "Castle.Proxies" && Castle().Match(name) is { Success: true } castle
            ? $"proxy of {castle.Groups["of"].Value}"
            : null;
    }

    [GeneratedRegex(@"^generatedProxy_\d+$")]
    private static partial Regex Generated();

    [GeneratedRegex(@"^(?<of>.+?)Proxy(_\d+)?$")]
    private static partial Regex Castle();
}
