namespace LifetimeMonitor.NUnit.Tests;

/// <summary>What is said of what the framework itself holds.</summary>
public sealed class HolderTests(ClaimsSpecimen run) : Specimens.HolderTests(run);
