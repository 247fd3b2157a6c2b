namespace MSTest.Specimen;

/// <summary>Tests that await, with and without leaks.</summary>
[TestClass]
public sealed class Asynchronous
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod, MustBeCollected]
    public async Task A_local_lives_across_an_await()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        await Task.Delay(5, TestContext.CancellationToken);
        Assert.IsNotNull(suspect);
    }

    [TestMethod, MustBeCollected]
    public async Task A_static_field_holds_it()
    {
        await Task.Yield();
        Suspect.TrackAndKeep();
    }

    [TestMethod, MustBeCollected]
    public async Task Another_thread_leaks() => await Task.Run(Suspect.TrackAndKeep, TestContext.CancellationToken);

    [TestMethod, MustBeCollected, Timeout(60_000, CooperativeCancellation = true)]
    public async Task A_time_limit_changes_nothing()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        await Task.Delay(1, TestContext.CancellationToken);
        Assert.IsNotNull(suspect);
    }

    [TestMethod, MustBeCollected, Timeout(60_000)]
    public void A_time_limit_of_another_thread_changes_nothing()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        Assert.IsNotNull(suspect);
    }

    [TestMethod, MustBeCollected, Timeout(100)]
    public void It_runs_out_of_time()
    {
        Suspect suspect = LifetimeScope.Track(new Suspect());
        Thread.Sleep(TimeSpan.FromSeconds(1));
        Assert.IsNotNull(suspect);
    }
}
