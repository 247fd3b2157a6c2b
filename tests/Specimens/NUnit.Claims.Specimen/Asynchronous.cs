namespace NUnit.Claims.Specimen;

/// <summary>Tests that await, with and without leaks.</summary>
public sealed class Asynchronous
{
    [Test, MustBeCollected]
    public async Task A_local_lives_across_an_await()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        await Task.Delay(5, TestContext.CurrentContext.CancellationToken);
        Assert.That(suspect, Is.Not.Null);
    }

    [Test, MustBeCollected]
    public async Task A_static_field_holds_it()
    {
        await Task.Yield();
        Suspect.TrackAndKeep();
    }

    [Test, MustBeCollected]
    public async Task Another_thread_leaks() => await Task.Run(Suspect.TrackAndKeep, TestContext.CurrentContext.CancellationToken);

    [Test, MustBeCollected, CancelAfter(60_000)]
    public async Task A_time_limit_changes_nothing()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        await Task.Delay(1, TestContext.CurrentContext.CancellationToken);
        Assert.That(suspect, Is.Not.Null);
    }
}
