using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Xunit.v3;

namespace LifetimeMonitoring.XunitV3;

/// <summary>
/// Opens a <see cref="LifetimeScope"/> around each test with <see cref="MustBeCollectedAttribute"/> before its class is
/// constructed, and checks it when the class is disposed. The package registers this assembly fixture in every C# test
/// project; <c>&lt;LifetimeMonitorXunitV3Fixture&gt;false&lt;/LifetimeMonitorXunitV3Fixture&gt;</c> in the project
/// turns that off. Tests without the attribute cost one look-up. Thread-safe.
/// </summary>
[StackTraceHidden]
public sealed class LifetimeFixture : INotifyTestLifecycle, INotifyTestLifecycleAsync
{
    // Weak keys: a test holds the arguments of its theory, and no path to an argument may begin here.
    private static readonly ConditionalWeakTable<IXunitTest, TestClaim> s_claims = [];

    /// <summary>Called by xunit.</summary>
    public LifetimeFixture() => LeakAfterFailure.Install(new LeakAfterFailure());

    internal static bool Watches(IXunitTest test) => s_claims.TryGetValue(test, out _);

    // Not in the asynchronous twin: its ambient values would not flow into the test.
    void INotifyTestLifecycle.OnTestStarting(IXunitTest test)
    {
        // If the assembly and the class register the fixture, the first instance watches the test.
        if (TestClaim.IsMade(test) && !Watches(test)) s_claims.Add(test, TestClaim.Begin(test));
    }

    ValueTask INotifyTestLifecycleAsync.OnTestStartingAsync(IXunitTest test) => default;

    ValueTask INotifyTestLifecycleAsync.OnTestFinishedAsync(IXunitTest test)
    {
        if (!s_claims.TryGetValue(test, out TestClaim? claim)) return default;
        _ = s_claims.Remove(test);
        return ProveAsync(claim, LeakAfterFailure.RunOf(test));
    }

    void INotifyTestLifecycle.OnTestFinished(IXunitTest test) => s_claims.Remove(test);

    private static async ValueTask ProveAsync(TestClaim claim, TestRun? run)
    {
        if (await claim.ProveAsync().ConfigureAwait(false) is not { } failure) return;
        if (run is null) ExceptionDispatchInfo.Throw(failure);
        run.Fail(failure);
    }
}
