using System.Runtime.CompilerServices;
using Xunit.v3;

namespace LifetimeMonitoring.XunitV3;

/// <summary>
/// Runs one test, within a scope when the test has a claim. xunit's static field for its own runner holds this one:
/// unlike a test framework, of which an assembly can have one, it goes with every framework and kind of test that uses
/// xunit's runner.
/// </summary>
internal sealed class WatchedTestRunner : LeakAfterFailure
{
    // Weak keys: a test holds the arguments of its theory, and no path to an argument may begin here.
    private static readonly ConditionalWeakTable<IXunitTest, TestClaim> s_claims = [];

    public static bool Watches(IXunitTest test) => s_claims.TryGetValue(test, out _);

    protected override async ValueTask<TimeSpan> RunTest(XunitTestRunnerContext ctxt)
    {
        if (!TestClaim.IsMade(ctxt.Test) || !LifetimeFixture.IsFixtureOf(ctxt.Test))
            return await base.RunTest(ctxt).ConfigureAwait(true);

        // The scope is current only for the code that this method awaits.
        var claim = TestClaim.Begin(ctxt.Test);
        s_claims.AddOrUpdate(ctxt.Test, claim);
        TimeSpan time = await base.RunTest(ctxt).ConfigureAwait(true);
        _ = s_claims.Remove(ctxt.Test);
        if (await claim.ProveAsync(ctxt.Test).ConfigureAwait(true) is { } failure
            && !TryReport(ctxt.Test, failure)) ctxt.Aggregator.Add(failure);
        return time;
    }
}
