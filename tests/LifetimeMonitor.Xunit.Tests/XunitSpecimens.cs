using System.Xml.Linq;
using LifetimeMonitor.Xunit.Tests;

// Each is run once, whatever number of classes looks at its results.
[assembly: AssemblyFixture(typeof(OrdinarySpecimen))]
[assembly: AssemblyFixture(typeof(AssemblyLevelSpecimen))]
[assembly: AssemblyFixture(typeof(WithoutFrameworkSpecimen))]

namespace LifetimeMonitor.Xunit.Tests;

/// <summary>A library of xunit v2 tests, whose names begin with their namespace.</summary>
public abstract class XunitSpecimen(string name) : VSTestSpecimen(name)
{
    protected override string ShortName(XElement result)
    {
        string full = result.Attribute("testName")!.Value;
        return full[(full.IndexOf('.', StringComparison.Ordinal) + 1)..];
    }
}

/// <summary>The attribute on methods and classes, the test framework registered by the package.</summary>
public sealed class OrdinarySpecimen() : XunitSpecimen("Xunit.Specimen");

/// <summary>The attribute on the assembly.</summary>
public sealed class AssemblyLevelSpecimen() : XunitSpecimen("Xunit.AssemblyLevel.Specimen");

/// <summary>The attribute on methods and classes, and no test framework of ours.</summary>
public sealed class WithoutFrameworkSpecimen() : XunitSpecimen("Xunit.WithoutFramework.Specimen");
