using LifetimeMonitoring.NUnit.Tests;

// Each runs once; any number of classes reads its results.
[assembly: AssemblyFixture(typeof(NUnitSpecimen))]
[assembly: AssemblyFixture(typeof(ClaimsSpecimen))]
[assembly: AssemblyFixture(typeof(AssemblyLevelSpecimen))]

namespace LifetimeMonitoring.NUnit.Tests;

/// <summary>The constraint.</summary>
public sealed class NUnitSpecimen() : OrdinaryRun("NUnit.Specimen");

/// <summary>The attribute on methods and classes.</summary>
public sealed class ClaimsSpecimen() : OrdinaryRun("NUnit.Claims.Specimen");

/// <summary>The attribute on the assembly.</summary>
public sealed class AssemblyLevelSpecimen() : OrdinaryRun("NUnit.AssemblyLevel.Specimen");
