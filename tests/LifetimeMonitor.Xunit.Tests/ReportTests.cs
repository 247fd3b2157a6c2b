namespace LifetimeMonitoring.Xunit.Tests;

/// <summary>A leak is a failure in every report.</summary>
public sealed class ReportTests(OrdinarySpecimen run) : Specimens.ReportTests(run, "Failed XunitSpecimen.OnAClass.A_static_field_holds_it");
