namespace LifetimeMonitoring.TUnit.Tests;

/// <summary>Code that the compiler refuses in a project with the package.</summary>
public sealed class RefusalTests(OrdinarySpecimen specimen) : Specimens.RefusalTests(
    specimen,
    "using LifetimeMonitoring.TUnit; using TUnit.Assertions; using TUnit.Assertions.Extensions;",
    "await Assert.That(new Dialog()).IsCollected();",
    "await Assert.That(LifeTimeMonitor.Track(() => new Dialog())).IsCollected();")
{
    [Fact]
    public void A_delegate_that_makes_it_is_refused_with_advice() => IsRefused("await Assert.That(() => new Dialog()).IsCollected();");
}
