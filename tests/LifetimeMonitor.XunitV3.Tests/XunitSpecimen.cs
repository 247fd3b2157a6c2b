using System.Xml.Linq;
using LifetimeMonitor.XunitV3.Tests;

// Each is run once, whatever number of classes looks at its results.
[assembly: AssemblyFixture(typeof(OrdinarySpecimen))]
[assembly: AssemblyFixture(typeof(AssemblyLevelSpecimen))]
[assembly: AssemblyFixture(typeof(WithoutFixtureSpecimen))]

namespace LifetimeMonitor.XunitV3.Tests;

/// <summary>A program of xunit v3 tests, run as such a program runs: by itself.</summary>
public abstract class XunitSpecimen(string name) : SpecimenRun
{
    protected override async Task<string> RunAsync(string trx) =>
        await ChildProcess.DotnetAsync(Specimen(name), "-result-trx", trx, "-noColor");

    protected override string ShortName(XElement result)
    {
        string full = base.ShortName(result);
        return full[(name.Length + 1)..];
    }
}

/// <summary>The attribute on methods and classes, the fixture registered by the package.</summary>
public sealed class OrdinarySpecimen() : XunitSpecimen("XunitV3.Specimen");

/// <summary>The attribute on the assembly, which registers the fixture itself.</summary>
public sealed class AssemblyLevelSpecimen() : XunitSpecimen("XunitV3.AssemblyLevel.Specimen");

/// <summary>The attribute on methods and classes, and no fixture.</summary>
public sealed class WithoutFixtureSpecimen() : XunitSpecimen("XunitV3.WithoutFixture.Specimen");
