namespace TUnitSpecimen;

/// <summary>The check comes after the hooks of the test, and before the class is disposed.</summary>
[MustBeCollected]
public sealed class Instances
{
    private Suspect? _field = LifetimeScope.Track(new Suspect());
    private Suspect? _fieldOfHook;

    [Before(Test)]
    public void SetUp() => _fieldOfHook = LifetimeScope.Track(new Suspect());

    [After(Test)]
    public void TearDown() => (_field, _fieldOfHook) = (null, null);

    [Test]
    public async Task Fields_that_are_torn_down_let_go()
    {
        await Assert.That(_field).IsNotNull();
        await Assert.That(_fieldOfHook).IsNotNull();
        await Assert.That(LifetimeScope.Current!.TrackedCount).IsEqualTo(2);
    }

    [Test, MustBeCollected]
    public async Task They_do_so_where_the_method_claims_it()
    {
        await Task.Yield();
        await Assert.That(_field).IsNotNull();
    }
}

[MustBeCollected]
public sealed class InstancesThatKeep
{
    private readonly Suspect _field = LifetimeScope.Track(new Suspect());

    [Test]
    public async Task A_field_that_stays_holds_it() => await Assert.That(_field).IsNotNull();
}
