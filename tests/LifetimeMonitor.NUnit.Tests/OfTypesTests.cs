namespace LifetimeMonitor.NUnit.Tests;

/// <summary>The attribute with types, and what else can be set on it.</summary>
public sealed class OfTypesTests(ClaimsSpecimen run) : Specimens.OfTypesTests(run);
