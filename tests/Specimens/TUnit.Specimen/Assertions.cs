namespace TUnitSpecimen;

/// <summary>The assertion in TUnit's words.</summary>
public sealed class Assertions
{
    [Test]
    public async Task It_is_dead() => await Assert.That(Suspect.Watch()).IsCollected();

    [Test]
    public async Task It_is_dead_among_other_words() => await Assert.That(Suspect.Watch()).IsNotNull().And.IsCollected();

    [Test]
    public async Task A_static_field_holds_it() => await Assert.That(Suspect.WatchAndKeep()).IsCollected();

    [Test]
    public async Task A_static_field_holds_it_among_other_words() => await Assert.That(Suspect.WatchAndKeep()).IsNotNull().And.IsCollected();
}
