namespace XunitSpecimen;

/// <summary>Live objects at different times: the table of docs/reference/frameworks.md.</summary>
[MustBeCollected]
public sealed class Lives(Shelf shelf) : IClassFixture<Shelf>, IDisposable
{
    private Suspect? _field, _tornDown;

    public static TheoryData<Suspect> Arguments => [new Suspect()];

    public void Dispose()
    {
        Keep();
        _tornDown = null;
    }

    [Fact]
    public void A_local() => Check(LifetimeScope.Track(new Suspect()));

    [Fact]
    public async Task A_local_of_an_asynchronous_test()
    {
        Suspect local = LifetimeScope.Track(new Suspect());
        await Task.Yield();
        Check(local);
    }

    [Fact]
    public void The_instance() => LifetimeScope.Track(this);

    [Fact]
    public void A_field() => _field = LifetimeScope.Track(new Suspect());

    [Fact]
    public void A_field_set_to_null_in_tear_down() => _tornDown = LifetimeScope.Track(new Suspect());

    [Theory]
    [MemberData(nameof(Arguments))]
    public void An_argument(Suspect suspect) => LifetimeScope.Track(suspect);

    [Fact]
    public void What_a_fixture_holds() => shelf.Suspect = LifetimeScope.Track(new Suspect());

    private void Keep() => Check(_field ?? new Suspect(), _tornDown ?? new Suspect());

    private static void Check(params Suspect[] suspects) => ArgumentNullException.ThrowIfNull(suspects);
}

public sealed class Shelf
{
    public Suspect? Suspect { get; set; }
}
