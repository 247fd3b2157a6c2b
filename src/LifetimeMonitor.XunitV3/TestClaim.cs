using System.Diagnostics;
using System.Reflection;
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
    private readonly bool _hasTimeout;

    private TestClaim(Proof? proof, bool hasTimeout) => (_proof, _hasTimeout) = (proof, hasTimeout);

    /// <summary>
    /// Whether the test, its class, collection or assembly has the attribute; xunit looks it up once per method.
    /// </summary>
    public static bool IsMade(IXunitTest test) =>
        test.TestMethod.BeforeAfterTestAttributes.OfType<MustBeCollectedAttribute>().Any();

    /// <summary>Whether the claim is about the instances of types.</summary>
    public static bool IsOfTypes(IXunitTest test) =>
        test.TestMethod.BeforeAfterTestAttributes.OfType<MustBeCollectedAttribute>().Any(a => a.Types.Count > 0);

    public static TestClaim Begin(IXunitTest test)
    {
        IEnumerable<MustBeCollectedAttribute> ofCollection =
            test.TestCase.TestCollection.CollectionDefinition?.GetCustomAttributes<MustBeCollectedAttribute>() ?? [];
        var claim = Claim.Of(test.TestMethod.Method, test.TestMethod.TestClass.Class, ofCollection);
        GatePass? pass = TestGate.Current;
        return new TestClaim(claim is null ? null : Proof.Begin(claim, () => pass?.IsAlone != false), test.Timeout > 0);
    }

    /// <summary>Ends the scope, and returns the violation of the claim or null.</summary>
    // The test is not a parameter: it holds the arguments of its theory.
    public async ValueTask<Exception?> ProveAsync()
    {
        if (_proof is null) return null;
        ProofResult result = await _proof.EndAsync(End()).ConfigureAwait(false);
        if (result.Note is { } note) TestContext.Current.TestOutputHelper?.WriteLine(note);
        if (result.Report is { } report)
            TestContext.Current.AddAttachment(FreeName(), Encoding.UTF8.GetBytes(report), mediaType: "text/plain");
        return result.Failure;
    }

    // xunit appends the extension of the media type. The test may have an attachment of that name.
    private static string FreeName()
    {
        string?[] taken = [.. (TestContext.Current.Attachments?.Keys ?? []).Select(Path.GetFileNameWithoutExtension)];
        string name = AttachmentName;
        for (int i = 2; taken.Contains(name, StringComparer.OrdinalIgnoreCase); i++) name = $"{AttachmentName}-{i}";
        return name;
    }

    // A test that is out of time may still be running, and may still change its state here: xunit canceled it before.
    private TestEnd End()
    {
        if (_hasTimeout && TestContext.Current.CancellationToken.IsCancellationRequested) return TestEnd.Unfinished;
        return TestContext.Current.TestState?.Result switch
        {
            TestResult.Passed => TestEnd.Passed,
            TestResult.Skipped => TestEnd.Unfinished,
            _ => TestEnd.Failed,
        };
    }
}
