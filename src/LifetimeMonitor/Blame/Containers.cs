using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>Types that hold only the objects that other code puts into them.</summary>
internal static class Containers
{
    public static bool Is(TypeFacts? type) =>
        type is { Type.IsArray: true } or { Definition: "System.Object" }
        || type?.Definition.StartsWith("System.Collections.", StringComparison.Ordinal) == true
        || type?.Definition.StartsWith("System.Lazy", StringComparison.Ordinal) == true;
}
