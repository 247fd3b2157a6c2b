namespace NUnit.Claims.Specimen;

/// <summary>Skipped tests stay skipped, even if they leave objects behind.</summary>
public sealed class Skipped
{
    private static bool s_hasLeaked;

    [Test, MustBeCollected, Ignore("before it ran")]
    public void Before_it_ran() => Suspect.TrackAndKeep();

    [Test, MustBeCollected]
    public void While_it_leaks()
    {
        Suspect.TrackAndKeep();
        s_hasLeaked = true;
        Assert.Ignore("while it leaked");
    }

    // NUnit runs tests in the order of their names.
    [Test]
    public void Whoever_comes_next_has_no_scope()
    {
        Assert.That(s_hasLeaked, Is.True);
        Assert.That(LifetimeScope.Current, Is.Null);
    }
}
