using LifetimeMonitor.NUnit.Tests;

// Run once, whatever number of classes looks at its results.
[assembly: AssemblyFixture(typeof(NUnitSpecimen))]

namespace LifetimeMonitor.NUnit.Tests;

/// <summary>NUnit tests, run by NUnit's adapter.</summary>
public sealed class NUnitSpecimen() : VSTestSpecimen("NUnit.Specimen");
