using System.Diagnostics;

namespace LifetimeMonitor.Adapters;

/// <summary>The proof of a <see cref="Claim"/> when its test is over.</summary>
[StackTraceHidden]
internal static class Proof
{
    // What the asynchronous form gives by itself: a thread that has just ended a test may still be on its way out of it.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Ends the scope, and brings what is wrong with the claim, or null.</summary>
    public static async Task<Exception?> FailureAsync(LifetimeScope scope, Claim claim, TestEnd end)
    {
        if (IsAbandoned(scope, end)) return null;
        try
        {
            await scope.AssertAllDeadAsync().ConfigureAwait(false);
            RequireAnyTracked(scope, claim, end);
            return null;
        }
#pragma warning disable CA1031 // The test's own failure must not be lost to whatever goes wrong here: the adapter shows both.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
        finally
        {
            // Whatever was tracked has been asked by now, so this checks nothing.
            await scope.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The same for a framework that does not await.</summary>
    public static Exception? Failure(LifetimeScope scope, Claim claim, TestEnd end)
    {
        if (IsAbandoned(scope, end)) return null;
        try
        {
            LifetimeOptions options = LifetimeOptions.Default;
            scope.AssertAllDead(options with { Patience = options.Patience ?? s_patience });
            RequireAnyTracked(scope, claim, end);
            return null;
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
        finally
        {
            scope.Dispose();
        }
    }

    private static bool IsAbandoned(LifetimeScope scope, TestEnd end)
    {
        if (end != TestEnd.Unfinished) return false;
        _ = scope.Close();
        return true;
    }

    // A test that failed, perhaps before it came to tracking, has said what is wrong with it.
    private static void RequireAnyTracked(LifetimeScope scope, Claim claim, TestEnd end)
    {
        if (claim == Claim.SomethingTracked && end == TestEnd.Passed) scope.AssertAnyTracked();
    }
}
