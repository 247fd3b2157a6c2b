using LifetimeMonitor.NUnit.Tests;

// Each is run once, whatever number of classes looks at its results.
[assembly: AssemblyFixture(typeof(NUnitSpecimen))]
[assembly: AssemblyFixture(typeof(ClaimsSpecimen))]
[assembly: AssemblyFixture(typeof(AssemblyLevelSpecimen))]

namespace LifetimeMonitor.NUnit.Tests;

/// <summary>The constraint.</summary>
public sealed class NUnitSpecimen() : OrdinaryRun("NUnit.Specimen");

/// <summary>The attribute on methods and classes.</summary>
public sealed class ClaimsSpecimen() : OrdinaryRun("NUnit.Claims.Specimen");

/// <summary>The attribute on the assembly.</summary>
public sealed class AssemblyLevelSpecimen() : OrdinaryRun("NUnit.AssemblyLevel.Specimen");
