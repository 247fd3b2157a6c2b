namespace LifetimeMonitor.NUnit.Tests;

/// <summary>What the attribute claims at each level.</summary>
public sealed class ClaimTests(ClaimsSpecimen run, AssemblyLevelSpecimen assemblyLevel)
    : Specimens.ClaimTests(run, assemblyLevel, beforeNothingTracked: "", beforeLeak: "", ownFailure: "the test's own failure");
