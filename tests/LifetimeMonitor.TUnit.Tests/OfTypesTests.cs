namespace LifetimeMonitoring.TUnit.Tests;

/// <summary>The attribute with types and its other settings.</summary>
public sealed class OfTypesTests(OrdinarySpecimen run) : Specimens.OfTypesTests(run);
