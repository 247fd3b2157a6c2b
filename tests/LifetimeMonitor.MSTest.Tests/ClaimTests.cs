namespace LifetimeMonitor.MSTest.Tests;

/// <summary>What the attribute claims at each level.</summary>
public sealed class ClaimTests(OrdinarySpecimen run, AssemblyLevelSpecimen assemblyLevel)
    : Specimens.ClaimTests(run, assemblyLevel, beforeNothingTracked: "", beforeLeak: "", ownFailure: "Assertion failed.\nthe test's own failure");
