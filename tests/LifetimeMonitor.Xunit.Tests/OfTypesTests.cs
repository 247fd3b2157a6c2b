namespace LifetimeMonitoring.Xunit.Tests;

/// <summary>The attribute with types and its other settings.</summary>
public sealed class OfTypesTests(OrdinarySpecimen run) : Specimens.OfTypesTests(run)
{
    // xunit v2 has no attachments, and the message is the report.
    private protected override void GoesWith(SpecimenResult result) => Assert.Equal("", result.Output);
}
