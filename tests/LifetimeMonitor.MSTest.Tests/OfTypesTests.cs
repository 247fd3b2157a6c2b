namespace LifetimeMonitor.MSTest.Tests;

/// <summary>The attribute with types, and what else can be set on it.</summary>
public sealed class OfTypesTests(OrdinarySpecimen run) : Specimens.OfTypesTests(run);
