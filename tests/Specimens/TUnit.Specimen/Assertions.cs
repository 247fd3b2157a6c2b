namespace TUnitSpecimen;

/// <summary>The assertion in the style of TUnit.</summary>
public sealed class Assertions
{
    [Test]
    public async Task It_is_dead() => await Assert.That(Suspect.Watch()).IsCollected();

    [Test]
    public async Task It_is_dead_among_other_words() => await Assert.That(Suspect.Watch()).IsNotNull().And.IsCollected();

    [Test]
    public async Task A_static_field_holds_it() => await Assert.That(Suspect.WatchAndKeep()).IsCollected();

    [Test]
    public async Task A_static_field_holds_it_among_other_words() =>
        await Assert.That(Suspect.WatchAndKeep()).IsNotNull().And.IsCollected();

    [Test]
    public async Task The_target_of_a_weak_reference_is_dead() => await Assert.That(Weak()).IsCollected();

    [Test]
    public async Task The_target_of_a_generic_weak_reference_is_dead() => await Assert.That(Generic(keep: false)).IsCollected();

    [Test]
    public async Task A_static_field_holds_the_target_of_a_weak_reference() => await Assert.That(Generic(keep: true)).IsCollected();

    [Test]
    public async Task It_lives() => await Assert.That(Suspect.WatchAndKeep()).IsNotCollected();

    [Test]
    public async Task It_is_dead_and_should_live() => await Assert.That(Suspect.Watch()).IsNotCollected();

    private static WeakReference Weak() => new(new Suspect());

    private static WeakReference<Suspect> Generic(bool keep)
    {
        var suspect = new Suspect();
        if (keep) Suspect.Keep(suspect);
        return new(suspect);
    }
}
