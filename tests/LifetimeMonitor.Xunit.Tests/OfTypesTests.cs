namespace LifetimeMonitor.Xunit.Tests;

/// <summary>The attribute with types, and what else can be set on it.</summary>
public sealed class OfTypesTests(OrdinarySpecimen run) : Specimens.OfTypesTests(run)
{
    // Nothing can be attached to a result in xunit v2.
    private protected override void GoesWith(SpecimenResult result) => Expect.Shows("Specimens.Suspect (tracked as `", result.Output);
}
