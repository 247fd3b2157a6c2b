using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text;
using LifetimeMonitoring.Adapters;
using Xunit;
using Xunit.v3;

namespace LifetimeMonitoring.XunitV3;

/// <summary>The claim of <see cref="MustBeCollectedAttribute"/> for a test, and its check.</summary>
[StackTraceHidden]
internal sealed class TestClaim
{
    private const string AttachmentName = "lifetime-report";
    private readonly Proof? _proof;

    private TestClaim(Proof? proof) => _proof = proof;

    /// <summary>
    /// Whether the test, its class, collection or assembly has the attribute; xunit looks it up once per method.
    /// </summary>
    public static bool IsMade(IXunitTest test) =>
        test.TestMethod.BeforeAfterTestAttributes.OfType<MustBeCollectedAttribute>().Any();

    public static TestClaim Begin(IXunitTest test)
    {
        IEnumerable<MustBeCollectedAttribute> ofCollection =
            test.TestCase.TestCollection.CollectionDefinition?.GetCustomAttributes<MustBeCollectedAttribute>() ?? [];
        var claim = Claim.Of(test.TestMethod.Method, test.TestMethod.TestClass.Class, ofCollection);
        return new TestClaim(claim is null ? null : Proof.Begin(claim));
    }

    /// <summary>
    /// Ends the scope. Throws when the claim does not hold; xunit adds the exception to the test's own failure.
    /// </summary>
    public async ValueTask ProveAsync()
    {
        if (_proof is null) return;
        ProofResult result = await _proof.EndAsync(End(TestContext.Current.TestState?.Result)).ConfigureAwait(false);
        if (result.Note is { } note) TestContext.Current.TestOutputHelper?.WriteLine(note);
        // The name has no extension: xunit appends the extension of the media type.
        if (result.Report is { } report)
            TestContext.Current.AddAttachment(
                AttachmentName,
                Encoding.UTF8.GetBytes(report),
                replaceExistingValue: true,
                "text/plain");
        if (result.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    private static TestEnd End(TestResult? result) => result switch
    {
        TestResult.Passed => TestEnd.Passed,
        TestResult.Skipped => TestEnd.Unfinished,
        _ => TestEnd.Failed,
    };
}
