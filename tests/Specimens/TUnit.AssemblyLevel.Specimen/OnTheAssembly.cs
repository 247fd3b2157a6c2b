[assembly: MustBeCollected]

namespace TUnitAssemblyLevelSpecimen;

/// <summary>The attribute on the assembly: all tests are covered, and may track nothing.</summary>
public sealed class OnTheAssembly
{
    [Test]
    public async Task Nothing_is_tracked() => await Assert.That(LifetimeScope.Current).IsNotNull();

    [Test]
    public void It_dies() => Suspect.Track();

    [Test]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();

    [Test, MustBeCollected]
    public async Task The_method_claims_more_and_tracks_nothing() => await Assert.That(LifetimeScope.Current).IsNotNull();
}
