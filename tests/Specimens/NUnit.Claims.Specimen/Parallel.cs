namespace NUnit.Claims.Specimen;

/// <summary>Tests that run at the same time: each checks only the objects it tracked.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class Parallel
{
    [MustBeCollected]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public async Task Each_has_its_own_scope(int tracked)
    {
        for (int i = 0; i < tracked; i++)
        {
            Suspect.Track();
            await Task.Delay(5, TestContext.CurrentContext.CancellationToken);
        }

        Assert.That(LifetimeScope.Current!.TrackedCount, Is.EqualTo(tracked));
    }
}
