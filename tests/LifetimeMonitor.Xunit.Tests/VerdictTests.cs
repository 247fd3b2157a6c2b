namespace LifetimeMonitoring.Xunit.Tests;

/// <summary>All tests of the specimens together.</summary>
public sealed class VerdictTests(
    OrdinarySpecimen run,
    AssemblyLevelSpecimen assemblyLevel,
    WithoutFrameworkSpecimen without)
    : Specimens.VerdictTests(run, assemblyLevel, without);
