namespace LifetimeMonitoring.Specimens;

/// <summary>
/// All tests of the specimens together: no test fails that should not, and no test passes that should not.
/// </summary>
public abstract class VerdictTests(params OrdinaryRun[] runs)
{
    [Fact]
    public void Every_test_has_its_intended_verdict() => Assert.All(runs, run => Assert.Empty(run.Differences()));
}
