namespace XunitSpecimen;

/// <summary>A skipped test stays skipped.</summary>
public sealed class Skipped
{
    [Fact(Skip = "before it ran"), MustBeCollected]
    public void Before_it_ran() => Suspect.TrackAndKeep();
}
