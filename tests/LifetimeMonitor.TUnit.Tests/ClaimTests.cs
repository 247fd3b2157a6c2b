namespace LifetimeMonitoring.TUnit.Tests;

/// <summary>The claim of the attribute at each level.</summary>
public sealed class ClaimTests(OrdinarySpecimen run, AssemblyLevelSpecimen assemblyLevel)
    : Specimens.ClaimTests(run, assemblyLevel, Before, Before, ownFailure: "AssertionException: the test's own failure")
{
    private const string Before = "TestExecutionException: Test end event receiver failed: ";
}
