namespace TUnitSpecimen;

/// <summary>Tests that await, with and without leaks.</summary>
public sealed class Asynchronous
{
    [Test, MustBeCollected]
    public async Task A_local_lives_across_an_await()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        await Task.Delay(5, TestContext.Current!.Execution.CancellationToken);
        await Assert.That(suspect).IsNotNull();
    }

    [Test, MustBeCollected]
    public async Task A_static_field_holds_it()
    {
        await Task.Yield();
        Suspect.TrackAndKeep();
    }

    [Test, MustBeCollected]
    public async Task Another_thread_leaks() => await Task.Run(Suspect.TrackAndKeep, TestContext.Current!.Execution.CancellationToken);

    [Test, MustBeCollected, Timeout(60_000)]
    public async Task A_time_limit_changes_nothing(CancellationToken cancellationToken)
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        await Task.Delay(1, cancellationToken);
        await Assert.That(suspect).IsNotNull();
    }

    [Test, MustBeCollected, Timeout(100)]
    public async Task It_runs_out_of_time(CancellationToken cancellationToken)
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        await Task.Delay(1_000, CancellationToken.None);
        await Assert.That(suspect).IsNotNull();
    }
}
