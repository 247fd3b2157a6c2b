namespace LifetimeMonitoring;

/// <summary>
/// Objects that test frameworks and code coverage keep alive on their own. Each entry names its source.
/// </summary>
internal static class FrameworkHolders
{
    private const string Coverage = "the assembly was instrumented to measure code coverage, which keeps it loaded until the process ends";

    public static IReadOnlyList<KnownHolder> All { get; } =
    [
        new("NUnit.Framework.Internal.Test.Fixture", "NUnit keeps every fixture until the run ends (nunit/nunit#1430)"),
        // coverlet (ModuleTrackerTemplate.cs) and Microsoft's coverage put a type into each assembly that they instrument. It waits
        // for the end of the process.
        new("Coverlet.Core.Instrumentation.Tracker.*.UnloadModule", Coverage) { Fails = false },
        new("*StaticManagedTrackerTemplate_*.FlushOnProcessExit", Coverage) { Fails = false },
    ];
}
