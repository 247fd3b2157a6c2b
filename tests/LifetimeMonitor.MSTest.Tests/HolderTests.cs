namespace LifetimeMonitor.MSTest.Tests;

/// <summary>What is said of what the framework itself holds.</summary>
public sealed class HolderTests(OrdinarySpecimen run) : Specimens.HolderTests(run);
