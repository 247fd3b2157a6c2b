namespace TUnitSpecimen;

/// <summary>Skipped tests stay skipped, even if they leave objects behind.</summary>
public sealed class Skipped
{
    [Test, MustBeCollected, Skip("before it ran")]
    public void Before_it_ran() => Suspect.TrackAndKeep();

    [Test, MustBeCollected]
    public void While_it_leaks()
    {
        Suspect.TrackAndKeep();
        Skip.Test("while it leaked");
    }
}
