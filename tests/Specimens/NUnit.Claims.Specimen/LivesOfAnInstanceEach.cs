namespace NUnit.Claims.Specimen;

/// <summary>Live objects at different times: the table of docs/reference/frameworks.md.</summary>
[MustBeCollected, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LivesOfAnInstanceEach
{
    private Suspect? _field, _tornDown;

    private static Suspect? s_shelf;

    public static IEnumerable<Suspect> Arguments => [new Suspect()];

    [OneTimeTearDown]
    public static void LetGo()
    {
        Check(s_shelf!);
        s_shelf = null;
    }

    [TearDown]
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

    [Test]
    public void A_field() => _field = LifetimeScope.Track(new Suspect());

    [Test]
    public void A_field_set_to_null_in_tear_down() => _tornDown = LifetimeScope.Track(new Suspect());

    [TestCaseSource(nameof(Arguments))]
    public void An_argument(Suspect suspect) => LifetimeScope.Track(suspect);

    [Test]
    public void What_a_fixture_holds() => s_shelf = LifetimeScope.Track(new Suspect());

    private void Keep() => Check(_field ?? new Suspect(), _tornDown ?? new Suspect());

    private static void Check(params Suspect[] suspects) => ArgumentNullException.ThrowIfNull(suspects);
}
