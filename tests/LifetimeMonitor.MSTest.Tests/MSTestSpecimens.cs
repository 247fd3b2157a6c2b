using LifetimeMonitoring.MSTest.Tests;

// Each runs once; any number of classes reads its results.
[assembly: AssemblyFixture(typeof(OrdinarySpecimen))]
[assembly: AssemblyFixture(typeof(AssemblyLevelSpecimen))]

namespace LifetimeMonitoring.MSTest.Tests;

/// <summary>The attribute on methods and classes, and the assertion.</summary>
public sealed class OrdinarySpecimen() : OrdinaryRun("MSTest.Specimen");

/// <summary>The attribute on the assembly.</summary>
public sealed class AssemblyLevelSpecimen() : OrdinaryRun("MSTest.AssemblyLevel.Specimen");
