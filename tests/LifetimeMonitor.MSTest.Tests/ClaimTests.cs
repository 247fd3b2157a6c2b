namespace LifetimeMonitoring.MSTest.Tests;

/// <summary>The claim of the attribute at each level.</summary>
public sealed class ClaimTests(OrdinarySpecimen run, AssemblyLevelSpecimen assemblyLevel)
    : Specimens.ClaimTests(
        run,
        assemblyLevel,
        beforeNothingTracked: "",
        beforeLeak: "",
        ownFailure: "Assertion failed.\nthe test's own failure");
