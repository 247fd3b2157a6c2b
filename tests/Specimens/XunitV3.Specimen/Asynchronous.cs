namespace XunitV3.Specimen;

/// <summary>Tests that await, with and without leaks.</summary>
public sealed class Asynchronous
{
    [Fact, MustBeCollected]
    public async Task A_local_lives_across_an_await()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.NotNull(suspect);
    }

    [Fact, MustBeCollected]
    public async Task A_static_field_holds_it()
    {
        await Task.Yield();
        Suspect.TrackAndKeep();
    }

    [Fact, MustBeCollected]
    public async Task Another_thread_leaks() =>
        await Task.Run(Suspect.TrackAndKeep, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000), MustBeCollected]
    public async Task A_time_limit_changes_nothing()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        await Task.Delay(1, TestContext.Current.CancellationToken);
        Assert.NotNull(suspect);
    }

    // It does not ask whether it was canceled, on purpose.
#pragma warning disable xUnit1069
    [Fact(Timeout = 100), MustBeCollected]
    public async Task It_runs_out_of_time()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        await Task.Delay(1_000, CancellationToken.None);
        Assert.NotNull(suspect);
    }
#pragma warning restore xUnit1069

    [Fact(Timeout = 100), MustBeCollected]
    public async Task It_gives_up_when_it_is_out_of_time()
    {
        Suspect.TrackAndKeep();
        Task wait = Task.Delay(10_000, TestContext.Current.CancellationToken);
        await wait.ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
