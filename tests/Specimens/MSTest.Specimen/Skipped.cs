namespace MSTest.Specimen;

/// <summary>Skipped tests stay skipped, even if they leave objects behind.</summary>
[TestClass]
public sealed class Skipped
{
    [TestMethod, MustBeCollected, Ignore("before it ran")]
    public void Before_it_ran() => Suspect.TrackAndKeep();

    [TestMethod, MustBeCollected]
    public void While_it_leaks()
    {
        Suspect.TrackAndKeep();
        Assert.Inconclusive("while it leaked");
    }
}
