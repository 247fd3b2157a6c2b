namespace NUnit.Claims.Specimen;

/// <summary>The attribute on single tests, among tests without it.</summary>
public sealed class OnMethods
{
    [Test, MustBeCollected]
    public void A_local_of_the_test_does_not_matter()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        Assert.That(suspect, Is.Not.Null);
    }

    [Test, MustBeCollected]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();

    [Test, MustBeCollected]
    public void A_monitor_is_never_asked() => Assert.That(Suspect.WatchAndKeep().IsAlive, Is.True);

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
    public void Nothing_is_tracked() => Assert.That(LifetimeScope.Current, Is.Not.Null);

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

    [MustBeCollected]
    [TestCase(false)]
    [TestCase(true)]
    public void A_row_leaks(bool leaks)
    {
        Suspect.Track();
        if (leaks) Suspect.TrackAndKeep();
    }

    [Test, MustBeCollected, Retry(2)]
    public void Each_attempt_leaks() => Suspect.TrackAndKeep();

    [Test]
    public void Without_the_attribute_nothing_is_checked()
    {
        Assert.That(LifetimeScope.Current, Is.Null);
        _ = Suspect.WatchAndKeep();
    }
}
