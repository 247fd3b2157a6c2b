namespace XunitV3.Specimen;

/// <summary>The attribute on single tests, among tests without it.</summary>
public sealed class OnMethods
{
    [Fact, MustBeCollected]
    public void A_local_of_the_test_does_not_matter()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        Assert.NotNull(suspect);
    }

    [Fact, MustBeCollected]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();

    [Fact, MustBeCollected]
    public void A_monitor_is_never_asked() => Assert.True(Suspect.WatchAndKeep().IsAlive);

    [Fact, MustBeCollected]
    public void A_monitor_is_only_asserted_alive() => Suspect.WatchAndKeep().AssertAlive();

    [Fact, MustBeCollected]
    public void A_monitor_passes_by_itself() => Suspect.Watch().AssertDead();

    [Fact, MustBeCollected]
    public void Two_leak()
    {
        Suspect.TrackAndKeep();
        Suspect.Track();
        Suspect.TrackAndKeep();
    }

    [Fact, MustBeCollected]
    public void Nothing_is_tracked() => Assert.NotNull(LifetimeScope.Current);

    [Fact, MustBeCollected]
    public void It_fails_and_leaks()
    {
        Suspect.TrackAndKeep();
        Assert.Fail("the test's own failure");
    }

    [Fact, MustBeCollected]
    public void It_fails_before_it_tracks() => Assert.Fail("the test's own failure");

    [Theory, MustBeCollected]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_leaks(bool leaks)
    {
        Suspect.Track();
        if (leaks) Suspect.TrackAndKeep();
    }

    [Fact]
    public void Without_the_attribute_nothing_is_checked()
    {
        Assert.Null(LifetimeScope.Current);
        _ = Suspect.WatchAndKeep();
    }
}
