namespace LifetimeMonitor.XunitV3.Tests;

/// <summary>The attribute with types, and what else can be set on it.</summary>
public sealed class OfTypesTests(OrdinarySpecimen run) : Specimens.OfTypesTests(run);
