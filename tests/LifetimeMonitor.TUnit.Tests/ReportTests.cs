namespace LifetimeMonitor.TUnit.Tests;

/// <summary>A leak is a failure, wherever it is read.</summary>
public sealed class ReportTests(OrdinarySpecimen run) : Specimens.ReportTests(run, "failed A_static_field_holds_it")
{
    private readonly OrdinarySpecimen _run = run;

    // To TUnit's reporter every failed test is one, whatever failed it.
    private protected override string InJUnit => "error";

    [Fact]
    public void The_console_counts_it_among_the_failed() => Assert.Contains("[Test Failure] TestExecutionException: Test end event receiver failed: Specimens.Suspect ", _run.Console, StringComparison.Ordinal);
}
