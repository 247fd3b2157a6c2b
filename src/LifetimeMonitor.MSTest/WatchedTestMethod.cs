using LifetimeMonitoring.Adapters;

namespace LifetimeMonitoring.MSTest;

/// <summary>Runs a test with its own attribute, within a scope when the test has a claim.</summary>
internal sealed class WatchedTestMethod : TestMethodAttribute
{
#pragma warning disable MSTEST0057 // No source contains this attribute: it has the place of the one on the test.
    public WatchedTestMethod(TestMethodAttribute runner)
#pragma warning restore MSTEST0057
        : base(runner.DeclaringFilePath, runner.DeclaringLineNumber ?? -1) => Runner = runner;

    public TestMethodAttribute Runner { get; }

    public override async Task<TestResult[]> ExecuteAsync(ITestMethod testMethod)
    {
        if (Claim.Of<MustBeCollectedAttribute>(testMethod.MethodInfo, testMethod.MethodInfo.ReflectedType!)
            is not { } claim) return await Runner.ExecuteAsync(testMethod).ConfigureAwait(true);

        // The scope is current only for the code that this method awaits.
        var proof = Proof.Begin(claim);
        TestResult[] results = await Runner.ExecuteAsync(testMethod).ConfigureAwait(true);
        Show(await proof.EndAsync(End(results)).ConfigureAwait(true), results[^1]);
        return results;
    }

    // An inconclusive test is shown as skipped. A timed-out test may still be running.
    private static TestEnd End(TestResult[] results)
    {
        if (Array.TrueForAll(results, r => r.Outcome == UnitTestOutcome.Passed)) return TestEnd.Passed;
        return Array.Exists(results, r => r.Outcome is UnitTestOutcome.Failed or UnitTestOutcome.Error)
            ? TestEnd.Failed
            : TestEnd.Unfinished;
    }

    private static void Show(ProofResult proof, TestResult result)
    {
        if (proof.Note is { } note) result.LogOutput += note + Environment.NewLine;
        if (proof.Report is { } report && ReportFile.TryWrite(report) is { } file)
            result.ResultFiles = [.. result.ResultFiles ?? [], file];
        if (proof.Failure is not { } failure) return;
        // MSTest shows this exception and an earlier one. Only for this type it omits the name before the message.
        result.TestFailureException = failure is LifetimeAssertionException
            ? new AssertFailedException(failure.Message)
            : failure;
        result.Outcome = UnitTestOutcome.Failed;
    }
}
