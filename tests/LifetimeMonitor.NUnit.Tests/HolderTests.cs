namespace LifetimeMonitoring.NUnit.Tests;

/// <summary>The report of objects that the framework itself holds.</summary>
public sealed class HolderTests(ClaimsSpecimen run) : Specimens.HolderTests(run);
