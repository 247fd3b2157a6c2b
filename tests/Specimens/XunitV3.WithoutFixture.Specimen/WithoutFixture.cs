namespace XunitV3.WithoutFixture.Specimen;

/// <summary>The attribute in an assembly where no code evaluates it.</summary>
public sealed class WithoutFixture
{
    [Fact, MustBeCollected]
    public void On_a_method() => _ = Suspect.WatchAndKeep();

    [Fact]
    public void Without_the_attribute() => Assert.Null(LifetimeScope.Current);
}

[MustBeCollected]
public sealed class OnAClassWithoutFixture
{
    [Fact]
    public void On_a_class() => _ = Suspect.WatchAndKeep();
}

/// <summary>One class may have its own fixture.</summary>
[MustBeCollected]
public sealed class WithItsOwnFixture : IClassFixture<LifetimeFixture>
{
    [Fact]
    public void It_dies() => Suspect.Track();

    [Fact]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}
