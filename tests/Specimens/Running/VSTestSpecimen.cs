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

    // VSTest splits the name of a test: the method is here, its class in the definition.
    protected override string ShortName(XElement result)
    {
        XElement definition = result.Document!.Descendants().Single(e =>
            e.Name.LocalName == "UnitTest" && e.Attribute("id")!.Value == result.Attribute("testId")!.Value);
        string @class = definition.Elements().Single(e => e.Name.LocalName == "TestMethod").Attribute("className")!.Value;
        return $"{@class[(@class.LastIndexOf('.') + 1)..]}.{base.ShortName(result)}";
    }
}
