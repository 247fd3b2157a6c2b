using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text;
using LifetimeMonitor.Adapters;
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
        Exception? failure = await Proof.FailureAsync(scope, Of(test), End(TestContext.Current.TestState?.Result)).ConfigureAwait(false);
        // The name has no extension: xunit appends that of the media type.
        if (failure is ObjectNotDeadException) TestContext.Current.AddAttachment(AttachmentName, Encoding.UTF8.GetBytes(failure.Message), replaceExistingValue: true, "text/plain");
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    private static Claim Of(IXunitTest test) =>
        test.TestMethod.Method.IsDefined(typeof(MustBeCollectedAttribute), inherit: true) ? Claim.SomethingTracked : Claim.WhatIsTracked;

    private static TestEnd End(TestResult? result) => result switch
    {
        TestResult.Passed => TestEnd.Passed,
        TestResult.Skipped => TestEnd.Unfinished,
        _ => TestEnd.Failed,
    };
}
