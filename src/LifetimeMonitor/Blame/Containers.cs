using LifetimeMonitor.Naming;

namespace LifetimeMonitor.Blame;

/// <summary>What only holds what somebody puts into it.</summary>
internal static class Containers
{
    public static bool Is(TypeFacts? type) => type is { Type.IsArray: true } or { Definition: "System.Object" }
        || type?.Definition.StartsWith("System.Collections.", StringComparison.Ordinal) == true
        || type?.Definition.StartsWith("System.Lazy", StringComparison.Ordinal) == true;
}
