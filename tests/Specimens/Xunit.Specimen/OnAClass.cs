namespace XunitSpecimen;

/// <summary>The attribute on a class: its tests may track nothing.</summary>
[MustBeCollected]
public sealed class OnAClass
{
    [Fact]
    public void Nothing_is_tracked() => Assert.NotNull(LifetimeScope.Current);

    [Fact]
    public void It_dies() => Suspect.Track();

    [Fact]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}
