using System.Xml.Linq;
using LifetimeMonitor.TUnit.Tests;

// Each is run once, whatever number of classes looks at its results.
[assembly: AssemblyFixture(typeof(OrdinarySpecimen))]
[assembly: AssemblyFixture(typeof(AssemblyLevelSpecimen))]

namespace LifetimeMonitor.TUnit.Tests;

/// <summary>A program of TUnit tests, run as such a program runs: by itself.</summary>
public abstract class TUnitSpecimen(string name) : SpecimenRun
{
    protected override async Task<string> RunAsync(string trx) => await ChildProcess.DotnetAsync(
        Specimen(name),
        "--report-trx",
        "--report-trx-filename",
        Path.GetFileName(trx),
        "--results-directory",
        Path.GetDirectoryName(trx)!,
        "--no-ansi");

    protected override string ShortName(XElement result) => ClassAndMethod(result);
}

/// <summary>The attribute on methods and classes, and the assertion.</summary>
public sealed class OrdinarySpecimen() : TUnitSpecimen("TUnit.Specimen");

/// <summary>The attribute on the assembly.</summary>
public sealed class AssemblyLevelSpecimen() : TUnitSpecimen("TUnit.AssemblyLevel.Specimen");
