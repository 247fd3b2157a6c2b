namespace XunitV3.Specimen;

/// <summary>The assertion in the style of xunit.</summary>
public sealed class Assertions
{
    [Fact]
    public void It_is_dead() => Assert.Collected(() => new Suspect());

    [Fact]
    public void It_is_dead_in_older_words() => LifetimeAssert.Collected(() => new Suspect());

    [Fact]
    public void The_target_of_a_weak_reference_is_dead() => Assert.Collected(Weak());

    [Fact]
    public async Task Awaited_it_is_dead() => await Assert.CollectedAsync(() => Task.FromResult(new Suspect()));

    [Fact]
    public void It_lives() => Assert.NotCollected(Suspect.WatchAndKeep());

    [Fact]
    public void A_static_field_holds_it() => Assert.Collected(() => new Suspect(), Suspect.Keep);

    [Fact]
    public void A_static_field_holds_the_target_of_a_monitor() => Assert.Collected(Suspect.WatchAndKeep());

    private static WeakReference<Suspect> Weak() => new(new Suspect());
}
