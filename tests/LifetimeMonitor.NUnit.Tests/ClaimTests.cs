namespace LifetimeMonitoring.NUnit.Tests;

/// <summary>The claim of the attribute at each level.</summary>
public sealed class ClaimTests(ClaimsSpecimen run, AssemblyLevelSpecimen assemblyLevel)
    : Specimens.ClaimTests(run, assemblyLevel, beforeNothingTracked: "", beforeLeak: "", ownFailure: "the test's own failure");
