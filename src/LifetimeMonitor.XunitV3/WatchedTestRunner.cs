using Xunit.v3;

namespace LifetimeMonitoring.XunitV3;

/// <summary>
/// Runs one test, within a scope when the test has a claim. xunit's static field for its own runner holds this one:
/// unlike a test framework, of which an assembly can have one, it goes with every framework and kind of test that uses
/// xunit's runner.
/// </summary>
internal sealed class WatchedTestRunner : LeakAfterFailure
{
    protected override ValueTask<TimeSpan> RunClaimed(XunitTestRunnerContext context, TestRun run)
    {
        if (!LifetimeFixture.IsFixtureOf(context.Test)) return base.RunClaimed(context, run);
        run.IsWatched = true;
        // The scope is current for the test, and no longer when xunit's asynchronous caller of this method goes on.
        return EndAsync(TestClaim.Begin(context.Test), run, base.RunClaimed(context, run));
    }

    // The context is not a parameter: it holds the fixtures and the arguments of the test.
    private static async ValueTask<TimeSpan> EndAsync(TestClaim claim, TestRun run, ValueTask<TimeSpan> test)
    {
        TimeSpan time = await test.ConfigureAwait(true);
        if (await claim.ProveAsync().ConfigureAwait(true) is { } failure) run.Fail(failure);
        return time;
    }
}
