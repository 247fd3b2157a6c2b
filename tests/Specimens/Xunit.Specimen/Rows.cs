namespace XunitSpecimen;

/// <summary>Rows that cannot be serialized: xunit finds them only when it runs them.</summary>
public sealed class Rows
{
    public static TheoryData<Action> Acts => [Suspect.Track, Suspect.TrackAndKeep];

    [Theory, MustBeCollected]
    [MemberData(nameof(Acts))]
    public void One_leaks(Action act) => act();
}
