namespace XunitV3.Specimen;

/// <summary>Skipped tests stay skipped, even if they leave objects behind.</summary>
public sealed class Skipped
{
    [Fact(Skip = "before it ran"), MustBeCollected]
    public void Before_it_ran() => Suspect.TrackAndKeep();

    [Fact, MustBeCollected]
    public void While_it_leaks()
    {
        Suspect.TrackAndKeep();
        Assert.Skip("while it leaked");
    }
}
