namespace TUnitSpecimen;

/// <summary>Live objects at different times: the table of docs/reference/frameworks.md.</summary>
[MustBeCollected, ClassDataSource<Shelf>(Shared = SharedType.PerClass)]
public sealed class Lives(Shelf shelf)
{
    private Suspect? _field, _tornDown;

    public static IEnumerable<Func<Suspect>> Arguments() => [() => new Suspect()];

    [After(Test)]
    public void TearDown()
    {
        Keep();
        _tornDown = null;
    }

    [Test]
    public void A_local() => Check(LifetimeScope.Track(new Suspect()));

    [Test]
    public async Task A_local_of_an_asynchronous_test()
    {
        Suspect local = LifetimeScope.Track(new Suspect());
        await Task.Yield();
        Check(local);
    }

    [Test]
    public void The_instance() => LifetimeScope.Track(this);

#pragma warning disable TUnit0018 // The test needs a field that a test sets.
    [Test]
    public void A_field() => _field = LifetimeScope.Track(new Suspect());

    [Test]
    public void A_field_set_to_null_in_tear_down() => _tornDown = LifetimeScope.Track(new Suspect());
#pragma warning restore TUnit0018

    [Test]
    [MethodDataSource(nameof(Arguments))]
    public void An_argument(Suspect suspect) => LifetimeScope.Track(suspect);

    [Test]
    public void What_a_fixture_holds() => shelf.Suspect = LifetimeScope.Track(new Suspect());

    private void Keep() => Check(_field ?? new Suspect(), _tornDown ?? new Suspect());

    private static void Check(params Suspect[] suspects) => ArgumentNullException.ThrowIfNull(suspects);
}

public sealed class Shelf
{
    public Suspect? Suspect { get; set; }
}
