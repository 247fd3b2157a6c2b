using LifetimeMonitoring.XunitV3.Tests;

// Each runs once; any number of classes reads its results.
[assembly: AssemblyFixture(typeof(OrdinarySpecimen))]
[assembly: AssemblyFixture(typeof(AssemblyLevelSpecimen))]
[assembly: AssemblyFixture(typeof(WithoutFixtureSpecimen))]

namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary>The attribute on methods and classes, the fixture registered by the package.</summary>
public sealed class OrdinarySpecimen() : OrdinaryRun("XunitV3.Specimen");

/// <summary>The attribute on the assembly, which registers the fixture itself.</summary>
public sealed class AssemblyLevelSpecimen() : OrdinaryRun("XunitV3.AssemblyLevel.Specimen");

/// <summary>The attribute on methods and classes, and no fixture.</summary>
public sealed class WithoutFixtureSpecimen() : OrdinaryRun("XunitV3.WithoutFixture.Specimen");
