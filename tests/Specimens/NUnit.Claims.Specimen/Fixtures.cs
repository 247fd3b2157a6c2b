namespace NUnit.Claims.Specimen;

/// <summary>An instance for each test is released when the test is over.</summary>
[MustBeCollected, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AnInstanceEach : IDisposable
{
    private Suspect? _suspect;

    [SetUp]
    public void SetUp()
    {
        _suspect = LifetimeScope.Track(new Suspect());
        Source.Shared.Changed += OnChanged;
    }

    public void Dispose() => Source.Shared.Changed -= OnChanged;

    [Test]
    public void A_field_goes_with_its_instance() => _ = LifetimeScope.Track(this);

    [Test, MustBeCollected]
    public void It_does_so_where_the_method_claims_it() => _ = LifetimeScope.Track(this);

    [Test]
    public async Task It_does_so_in_an_asynchronous_test()
    {
        await Task.Yield();
        Assert.That(_suspect, Is.Not.Null);
    }

    private void OnChanged(object? sender, EventArgs e) => Assert.That(_suspect, Is.Not.Null);
}

/// <summary>One instance for all tests is held until the end of the last one.</summary>
[MustBeCollected]
public sealed class OneInstance
{
    private Suspect? _field, _fieldThatStays;

    [TearDown]
    public void TearDown() => _field = null;

    [Test]
    public void A_field_that_is_torn_down_lets_go()
    {
        _field = LifetimeScope.Track(new Suspect());
        Assert.That(_field, Is.Not.Null);
    }

    [Test, MustBeCollected]
    public void It_does_so_where_the_method_claims_it()
    {
        _field = LifetimeScope.Track(new Suspect());
        Assert.That(_field, Is.Not.Null);
    }

    [Test]
    public void A_field_that_stays_holds_it()
    {
        _fieldThatStays = LifetimeScope.Track(new Suspect());
        Assert.That(_fieldThatStays, Is.Not.Null);
    }
}
