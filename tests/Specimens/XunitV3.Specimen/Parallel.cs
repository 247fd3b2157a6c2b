namespace XunitV3.Specimen;

/// <summary>Tests that run at the same time: each checks only the objects it tracked.</summary>
public abstract class Parallel
{
    [Theory, MustBeCollected]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Each_has_its_own_scope(int tracked)
    {
        for (int i = 0; i < tracked; i++)
        {
            Suspect.Track();
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(tracked, LifetimeScope.Current!.TrackedCount);
    }
}

public sealed class ParallelA : Parallel;

public sealed class ParallelB : Parallel;

public sealed class ParallelC : Parallel
{
    [Fact, MustBeCollected]
    public async Task Only_the_one_that_leaks_fails()
    {
        await Task.Delay(5, TestContext.Current.CancellationToken);
        Suspect.TrackAndKeep();
    }
}
