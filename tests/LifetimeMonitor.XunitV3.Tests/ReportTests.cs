using System.Text.Json;

namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary>A leak is a failure in every report.</summary>
public sealed class ReportTests(OrdinarySpecimen run)
    : Specimens.ReportTests(run, "XunitV3.Specimen.OnAClass.A_static_field_holds_it [FAIL]")
{
    private readonly OrdinarySpecimen _run = run;

    [Fact]
    public void The_console_counts_no_errors() => Assert.Contains(" Errors: 0, Failed: ", _run.Console, StringComparison.Ordinal);

    [Fact]
    public void CTRF_has_it_as_failed_with_the_report()
    {
        using var ctrf = JsonDocument.Parse(File.ReadAllText(_run.Report(Runner.Ctrf)));
        JsonElement test = ctrf.RootElement.GetProperty("results").GetProperty("tests").EnumerateArray().Single(t =>
            t.GetProperty("name").GetString() == "XunitV3.Specimen.OnAClass.A_static_field_holds_it");

        Assert.Equal("failed", test.GetProperty("status").GetString());
        Assert.StartsWith(
            "LifetimeMonitoring.ObjectNotDeadException : " + Expect.Headline,
            test.GetProperty("message").GetString(),
            StringComparison.Ordinal);
        Assert.Equal("lifetime-report", test.GetProperty("attachments")[0].GetProperty("name").GetString());
    }
}
