namespace TUnitSpecimen;

/// <summary>Tests that run at the same time: each checks only the objects it tracked.</summary>
public sealed class Parallel
{
    [Test, MustBeCollected]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    [Arguments(4)]
    public async Task Each_has_its_own_scope(int tracked)
    {
        for (int i = 0; i < tracked; i++)
        {
            Suspect.Track();
            await Task.Delay(5, TestContext.Current!.Execution.CancellationToken);
        }

        await Assert.That(LifetimeScope.Current!.TrackedCount).IsEqualTo(tracked);
    }
}
