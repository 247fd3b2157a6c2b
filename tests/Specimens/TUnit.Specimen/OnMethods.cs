namespace TUnitSpecimen;

/// <summary>The attribute on single tests, among tests without it.</summary>
public sealed class OnMethods
{
    [Test, MustBeCollected]
    public async Task A_local_of_the_test_does_not_matter()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        await Assert.That(suspect).IsNotNull();
    }

    [Test, MustBeCollected]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();

    [Test, MustBeCollected]
    public async Task A_monitor_is_never_asked() => await Assert.That(Suspect.WatchAndKeep().IsAlive).IsTrue();

    [Test, MustBeCollected]
    public void A_monitor_is_only_asserted_alive() => Suspect.WatchAndKeep().AssertAlive();

    [Test, MustBeCollected]
    public void A_monitor_passes_by_itself() => Suspect.Watch().AssertDead();

    [Test, MustBeCollected]
    public void Two_leak()
    {
        Suspect.TrackAndKeep();
        Suspect.Track();
        Suspect.TrackAndKeep();
    }

    [Test, MustBeCollected]
    public async Task Nothing_is_tracked() => await Assert.That(LifetimeScope.Current).IsNotNull();

    [Test, MustBeCollected]
    public void It_fails_and_leaks()
    {
        Suspect.TrackAndKeep();
        Assert.Fail("the test's own failure");
    }

    [Test, MustBeCollected]
    public void It_throws_and_leaks()
    {
        Suspect.TrackAndKeep();
        throw new InvalidOperationException("the test's own exception");
    }

    [Test, MustBeCollected]
    public void It_fails_before_it_tracks() => Assert.Fail("the test's own failure");

    [Test, MustBeCollected]
    [Arguments(false)]
    [Arguments(true)]
    public void A_row_leaks(bool leaks)
    {
        Suspect.Track();
        if (leaks) Suspect.TrackAndKeep();
    }

    [Test, MustBeCollected, Retry(2)]
    public void Each_attempt_leaks() => Suspect.TrackAndKeep();

    [Test]
    public async Task Without_the_attribute_nothing_is_checked()
    {
        await Assert.That(LifetimeScope.Current).IsNull();
        _ = Suspect.WatchAndKeep();
    }
}
