namespace LifetimeMonitor.TUnit.Tests;

/// <summary>What the attribute claims at each level.</summary>
public sealed class ClaimTests(OrdinarySpecimen run, AssemblyLevelSpecimen assemblyLevel)
    : Specimens.ClaimTests(run, assemblyLevel, Before, Before, ownFailure: "AssertionException: the test's own failure")
{
    private const string Before = "TestExecutionException: Test end event receiver failed: ";
}
