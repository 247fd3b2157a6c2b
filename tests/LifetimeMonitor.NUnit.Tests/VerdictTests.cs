namespace LifetimeMonitoring.NUnit.Tests;

/// <summary>All tests of the specimens together.</summary>
public sealed class VerdictTests(NUnitSpecimen constraint, ClaimsSpecimen run, AssemblyLevelSpecimen assemblyLevel)
    : Specimens.VerdictTests(constraint, run, assemblyLevel);
