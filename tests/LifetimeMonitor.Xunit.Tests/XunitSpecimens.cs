using LifetimeMonitoring.Xunit.Tests;

// Each runs once; any number of classes reads its results.
[assembly: AssemblyFixture(typeof(OrdinarySpecimen))]
[assembly: AssemblyFixture(typeof(AssemblyLevelSpecimen))]
[assembly: AssemblyFixture(typeof(WithoutFrameworkSpecimen))]

namespace LifetimeMonitoring.Xunit.Tests;

/// <summary>The attribute on methods and classes, the test framework registered by the package.</summary>
public sealed class OrdinarySpecimen() : OrdinaryRun("Xunit.Specimen");

/// <summary>The attribute on the assembly.</summary>
public sealed class AssemblyLevelSpecimen() : OrdinaryRun("Xunit.AssemblyLevel.Specimen");

/// <summary>The attribute on methods and classes, and no test framework of ours.</summary>
public sealed class WithoutFrameworkSpecimen() : OrdinaryRun("Xunit.WithoutFramework.Specimen");
