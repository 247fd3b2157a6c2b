namespace MSTest.Specimen;

/// <summary>Tests that run at the same time: each checks only the objects it tracked.</summary>
[TestClass]
public sealed class Parallel
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod, MustBeCollected]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public async Task Each_has_its_own_scope(int tracked)
    {
        for (int i = 0; i < tracked; i++)
        {
            Suspect.Track();
            await Task.Delay(5, TestContext.CancellationToken);
        }

        Assert.AreEqual(tracked, LifetimeScope.Current!.TrackedCount);
    }
}
