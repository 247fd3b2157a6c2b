[assembly: MustBeCollected]

namespace XunitAssemblyLevelSpecimen;

/// <summary>The attribute on the assembly: all tests are covered, and may track nothing.</summary>
public sealed class OnTheAssembly
{
    [Fact]
    public void Nothing_is_tracked() => Assert.NotNull(LifetimeScope.Current);

    [Fact]
    public void It_dies() => Suspect.Track();

    [Fact]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();

    [Fact, MustBeCollected]
    public void The_method_claims_more_and_tracks_nothing() => Assert.NotNull(LifetimeScope.Current);
}
