using LifetimeMonitor.MSTest.Tests;

// Each is run once, whatever number of classes looks at its results.
[assembly: AssemblyFixture(typeof(OrdinarySpecimen))]
[assembly: AssemblyFixture(typeof(AssemblyLevelSpecimen))]

namespace LifetimeMonitor.MSTest.Tests;

/// <summary>The attribute on methods and classes, and the assertion.</summary>
public sealed class OrdinarySpecimen() : OrdinaryRun("MSTest.Specimen");

/// <summary>The attribute on the assembly.</summary>
public sealed class AssemblyLevelSpecimen() : OrdinaryRun("MSTest.AssemblyLevel.Specimen");
