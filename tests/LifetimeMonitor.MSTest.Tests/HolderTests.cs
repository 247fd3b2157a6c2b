namespace LifetimeMonitoring.MSTest.Tests;

/// <summary>The report of objects that the framework itself holds.</summary>
public sealed class HolderTests(OrdinarySpecimen run) : Specimens.HolderTests(run);
