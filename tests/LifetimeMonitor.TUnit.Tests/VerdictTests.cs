namespace LifetimeMonitoring.TUnit.Tests;

/// <summary>All tests of the specimens together.</summary>
public sealed class VerdictTests(OrdinarySpecimen run, AssemblyLevelSpecimen assemblyLevel) : Specimens.VerdictTests(run, assemblyLevel);
