namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary>All tests of the specimens together.</summary>
public sealed class VerdictTests(
    OrdinarySpecimen run,
    AssemblyLevelSpecimen assemblyLevel,
    WithoutFixtureSpecimen without)
    : Specimens.VerdictTests(run, assemblyLevel, without);
