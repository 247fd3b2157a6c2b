namespace LifetimeMonitoring.TUnit.Tests;

/// <summary>A leak is a failure in every report.</summary>
public sealed class ReportTests(OrdinarySpecimen run) : Specimens.ReportTests(run, "failed A_static_field_holds_it")
{
    private readonly OrdinarySpecimen _run = run;

    // TUnit's reporter calls every failed test an error.
    private protected override string InJUnit => "error";

    [Fact]
    public void The_console_counts_it_among_the_failed() => Assert.Contains(
        "[Test Failure] ObjectNotDeadException: " + Expect.Headline,
        _run.Console,
        StringComparison.Ordinal);
}
