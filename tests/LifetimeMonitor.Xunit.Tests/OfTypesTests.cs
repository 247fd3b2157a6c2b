namespace LifetimeMonitoring.Xunit.Tests;

/// <summary>The attribute with types and its other settings.</summary>
public sealed class OfTypesTests(OrdinarySpecimen run) : Specimens.OfTypesTests(run)
{
    // xunit v2 has no attachments.
    private protected override void GoesWith(SpecimenResult result) => Expect.Shows("Specimens.Suspect (tracked as `", result.Output);
}
