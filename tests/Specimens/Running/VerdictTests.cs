namespace LifetimeMonitor.Specimens;

/// <summary>All tests of the specimens together: none fails that should not, and none passes that should not.</summary>
public abstract class VerdictTests(params OrdinaryRun[] runs)
{
    [Fact]
    public void Every_test_comes_to_what_it_is_meant_to() => Assert.All(runs, run => Assert.Empty(run.Differences()));
}
