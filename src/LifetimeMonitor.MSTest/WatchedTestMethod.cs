using LifetimeMonitor.Adapters;

namespace LifetimeMonitor.MSTest;

/// <summary>Runs a test as its own attribute does, within a scope when something is claimed of it.</summary>
internal sealed class WatchedTestMethod : TestMethodAttribute
{
#pragma warning disable MSTEST0057 // Nobody writes this attribute: its place is that of the one on the test.
    public WatchedTestMethod(TestMethodAttribute runner)
#pragma warning restore MSTEST0057
        : base(runner.DeclaringFilePath, runner.DeclaringLineNumber ?? -1) => Runner = runner;

    public TestMethodAttribute Runner { get; }

    public override async Task<TestResult[]> ExecuteAsync(ITestMethod testMethod)
    {
        if (Claim.Of<MustBeCollectedAttribute>(testMethod.MethodInfo, testMethod.MethodInfo.ReflectedType!) is not { } claim) return await Runner.ExecuteAsync(testMethod).ConfigureAwait(true);

        // Its scope is the current one for what this method awaits, and for nothing else.
        var proof = Proof.Begin(claim);
        TestResult[] results = await Runner.ExecuteAsync(testMethod).ConfigureAwait(true);
        Show(await proof.EndAsync(End(results)).ConfigureAwait(true), results[^1]);
        return results;
    }

    // An inconclusive test is shown as skipped. One that is out of time may still be running.
    private static TestEnd End(TestResult[] results)
    {
        if (Array.TrueForAll(results, r => r.Outcome == UnitTestOutcome.Passed)) return TestEnd.Passed;
        return Array.Exists(results, r => r.Outcome is UnitTestOutcome.Failed or UnitTestOutcome.Error) ? TestEnd.Failed : TestEnd.Unfinished;
    }

    private static void Show(ProofResult proof, TestResult result)
    {
        if (proof.Note is { } note) result.LogOutput += note + Environment.NewLine;
        if (proof.Report is { } report && ReportFile.TryWrite(report) is { } file) result.ResultFiles = [.. result.ResultFiles ?? [], file];
        if (proof.Failure is not { } failure) return;
        // Set when there is one already, both are shown. Only an exception of this type is shown without its name before the message.
        result.TestFailureException = failure is LifetimeAssertionException ? new AssertFailedException(failure.Message) : failure;
        result.Outcome = UnitTestOutcome.Failed;
    }
}
