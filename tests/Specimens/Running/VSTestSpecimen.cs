using System.Xml.Linq;

namespace LifetimeMonitor.Specimens;

/// <summary>A library of tests, run as <c>dotnet test</c> runs it: by VSTest and the adapter of its framework.</summary>
public abstract class VSTestSpecimen(string name) : SpecimenRun
{
    protected override async Task<string> RunAsync(string trx) => await ChildProcess.DotnetAsync(
        "vstest",
        Specimen(name),
        $"--logger:trx;LogFileName={Path.GetFileName(trx)}",
        $"--ResultsDirectory:{Path.GetDirectoryName(trx)}");

    protected override string ShortName(XElement result) => ClassAndMethod(result);
}
