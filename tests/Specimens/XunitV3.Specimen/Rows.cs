namespace XunitV3.Specimen;

/// <summary>Objects that the framework itself holds.</summary>
public sealed class Rows(Fixture fixture) : IClassFixture<Fixture>
{
    public static IEnumerable<TheoryDataRow<Suspect>> Suspects() => [new(new Suspect())];

    [Theory, MustBeCollected]
    [MemberData(nameof(Suspects), DisableDiscoveryEnumeration = true)]
    public void An_argument_is_tracked(Suspect suspect) => LifetimeScope.Track(suspect);

    [Fact, MustBeCollected]
    public void A_fixture_is_tracked() => LifetimeScope.Track(fixture);
}

public sealed class Fixture;
