namespace MSTest.Specimen;

/// <summary>Live objects at different times: the table of docs/reference/frameworks.md.</summary>
[TestClass, MustBeCollected]
public sealed class Lives
{
    private Suspect? _field, _tornDown;

    private static Suspect? s_shelf;

    public static IEnumerable<Suspect[]> Arguments => [[new Suspect()]];

    [ClassCleanup]
    public static void LetGo()
    {
        Check(s_shelf!);
        s_shelf = null;
    }

    [TestCleanup]
    public void CleanUp()
    {
        Keep();
        _tornDown = null;
    }

    [TestMethod]
    public void A_local() => Check(LifetimeScope.Track(new Suspect()));

    [TestMethod]
    public async Task A_local_of_an_asynchronous_test()
    {
        Suspect local = LifetimeScope.Track(new Suspect());
        await Task.Yield();
        Check(local);
    }

    [TestMethod]
    public void The_instance() => LifetimeScope.Track(this);

    [TestMethod]
    public void A_field() => _field = LifetimeScope.Track(new Suspect());

    [TestMethod]
    public void A_field_set_to_null_in_tear_down() => _tornDown = LifetimeScope.Track(new Suspect());

    [TestMethod]
    [DynamicData(nameof(Arguments))]
    public void An_argument(Suspect suspect) => LifetimeScope.Track(suspect);

    [TestMethod]
    public void What_a_fixture_holds() => s_shelf = LifetimeScope.Track(new Suspect());

    private void Keep() => Check(_field ?? new Suspect(), _tornDown ?? new Suspect());

    private static void Check(params Suspect[] suspects) => ArgumentNullException.ThrowIfNull(suspects);
}
