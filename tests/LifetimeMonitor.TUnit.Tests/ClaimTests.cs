namespace LifetimeMonitoring.TUnit.Tests;

/// <summary>The claim of the attribute at each level.</summary>
public sealed class ClaimTests(OrdinarySpecimen run, AssemblyLevelSpecimen assemblyLevel)
    : Specimens.ClaimTests(
        run,
        assemblyLevel,
        beforeNothingTracked: "NothingTrackedException: ",
        beforeLeak: "ObjectNotDeadException: ",
        ownFailure: "AssertionException: the test's own failure");
