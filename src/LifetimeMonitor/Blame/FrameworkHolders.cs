namespace LifetimeMonitor.Blame;

/// <summary>What the runtime and test frameworks keep alive on their own. Short, and each entry says where that is known from.</summary>
internal static class FrameworkHolders
{
    public static IReadOnlyList<KnownHolder> All { get; } =
    [
        new("NUnit.Framework.Internal.Test.Fixture", "NUnit keeps every fixture until the run ends (nunit/nunit#1430)"),
    ];
}
