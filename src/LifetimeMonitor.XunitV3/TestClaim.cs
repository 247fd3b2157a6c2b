using System.Diagnostics;
using System.Text;
using Xunit;
using Xunit.v3;

namespace LifetimeMonitor.XunitV3;

/// <summary>What <see cref="MustBeCollectedAttribute"/> claims of a test, and the proof of it.</summary>
[StackTraceHidden]
internal static class TestClaim
{
    private const string AttachmentName = "lifetime-report";

    /// <summary>Whether the test, its class, its collection or its assembly has the attribute; xunit looked that up once per method.</summary>
    public static bool IsMade(IXunitTest test) => test.TestMethod.BeforeAfterTestAttributes.OfType<MustBeCollectedAttribute>().Any();

    /// <summary>Throws when the claim does not hold; xunit adds what is thrown to the test's own failure. Ends the scope.</summary>
    public static async ValueTask ProveAsync(IXunitTest test, LifetimeScope scope)
    {
        TestResult? result = TestContext.Current.TestState?.Result;

        // A skipped test left its objects where it stopped. Nobody can reach its scope when its flow has ended.
        if (result == TestResult.Skipped) return;
        try
        {
            await scope.AssertAllDeadAsync().ConfigureAwait(false);

            // A test that failed, perhaps before it came to tracking, has said what is wrong with it.
            if (result == TestResult.Passed && IsMadeByMethod(test)) scope.AssertAnyTracked();
        }
        catch (ObjectNotDeadException e)
        {
            // The name has no extension: xunit appends that of the media type.
            TestContext.Current.AddAttachment(AttachmentName, Encoding.UTF8.GetBytes(e.Message), replaceExistingValue: true, "text/plain");
            throw;
        }
        finally
        {
            // Whatever was tracked has been asked by now, so this checks nothing.
            await scope.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static bool IsMadeByMethod(IXunitTest test) => test.TestMethod.Method.IsDefined(typeof(MustBeCollectedAttribute), inherit: true);
}
