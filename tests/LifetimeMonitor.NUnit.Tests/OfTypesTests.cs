namespace LifetimeMonitoring.NUnit.Tests;

/// <summary>The attribute with types and its other settings.</summary>
public sealed class OfTypesTests(ClaimsSpecimen run) : Specimens.OfTypesTests(run);
