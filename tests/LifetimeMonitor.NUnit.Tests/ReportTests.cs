using System.Xml.Linq;

namespace LifetimeMonitoring.NUnit.Tests;

/// <summary>A leak is a failure in every report.</summary>
public sealed class ReportTests(ClaimsSpecimen run) : Specimens.ReportTests(run, "Failed A_static_field_holds_it")
{
    private readonly ClaimsSpecimen _run = run;

    [Fact]
    public void NUnits_own_report_has_it_as_failed_and_not_as_an_error()
    {
        XElement test = XDocument.Load(_run.Report("NUnit.Claims.Specimen.xml")).Descendants("test-case")
            .Single(t => t.Attribute("fullname")!.Value == "NUnit.Claims.Specimen.OnAClass.A_static_field_holds_it");

        // An error has a label that says so.
        Assert.Equal(("Failed", null), (test.Attribute("result")!.Value, test.Attribute("label")?.Value));
    }
}
