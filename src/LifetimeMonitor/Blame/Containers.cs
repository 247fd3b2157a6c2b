using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>Types that hold only the objects that other code puts into them.</summary>
internal static class Containers
{
    private static readonly string[] s_beginnings =
    [
        "System.Collections.",
        "System.ComponentModel.BindingList",
        "System.Lazy",
        "System.Linq.",
        "System.Threading.Channels.",
        "System.Tuple",
        "Microsoft.FSharp.Collections.",
        "Microsoft.FSharp.Core.FSharpOption",
    ];

    public static bool Is(TypeFacts? type) =>
        type is { Type.IsArray: true } or { Definition: "System.Object" }
        || (type is not null
            && Array.Exists(s_beginnings, b => type.Definition.StartsWith(b, StringComparison.Ordinal)));
}
