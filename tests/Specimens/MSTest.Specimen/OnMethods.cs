[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

namespace MSTest.Specimen;

/// <summary>The attribute on single tests, among tests without it.</summary>
[TestClass]
public sealed class OnMethods
{
    [TestMethod, MustBeCollected]
    public void A_local_of_the_test_does_not_matter()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        Assert.IsNotNull(suspect);
    }

    [TestMethod, MustBeCollected]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();

    [TestMethod, MustBeCollected]
    public void A_monitor_is_never_asked() => Assert.IsTrue(Suspect.WatchAndKeep().IsAlive);

    [TestMethod, MustBeCollected]
    public void A_monitor_is_only_asserted_alive() => Suspect.WatchAndKeep().AssertAlive();

    [TestMethod, MustBeCollected]
    public void A_monitor_passes_by_itself() => Suspect.Watch().AssertDead();

    [TestMethod, MustBeCollected]
    public void Two_leak()
    {
        Suspect.TrackAndKeep();
        Suspect.Track();
        Suspect.TrackAndKeep();
    }

    [TestMethod, MustBeCollected]
    public void Nothing_is_tracked() => Assert.IsNotNull(LifetimeScope.Current);

    [TestMethod, MustBeCollected]
    public void It_fails_and_leaks()
    {
        Suspect.TrackAndKeep();
        Assert.Fail("the test's own failure");
    }

    [TestMethod, MustBeCollected]
    public void It_throws_and_leaks()
    {
        Suspect.TrackAndKeep();
        throw new InvalidOperationException("the test's own exception");
    }

    [TestMethod, MustBeCollected]
    public void It_fails_before_it_tracks() => Assert.Fail("the test's own failure");

    [TestMethod, MustBeCollected]
    [DataRow(false)]
    [DataRow(true)]
    public void A_row_leaks(bool leaks)
    {
        Suspect.Track();
        if (leaks) Suspect.TrackAndKeep();
    }

    [TestMethod]
    public void Without_the_attribute_nothing_is_checked()
    {
        Assert.IsNull(LifetimeScope.Current);
        _ = Suspect.WatchAndKeep();
    }
}
