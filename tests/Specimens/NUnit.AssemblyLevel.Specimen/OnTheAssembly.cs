[assembly: MustBeCollected]

namespace NUnit.AssemblyLevel.Specimen;

/// <summary>The attribute on the assembly: all tests are covered, and may track nothing.</summary>
public sealed class OnTheAssembly
{
    [Test]
    public void Nothing_is_tracked() => Assert.That(LifetimeScope.Current, Is.Not.Null);

    [Test]
    public void It_dies() => Suspect.Track();

    [Test]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();

    [Test, MustBeCollected]
    public void The_method_claims_more_and_tracks_nothing() => Assert.That(LifetimeScope.Current, Is.Not.Null);
}
