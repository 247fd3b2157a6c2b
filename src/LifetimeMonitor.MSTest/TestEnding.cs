using LifetimeMonitoring.Adapters;

namespace LifetimeMonitoring.MSTest;

/// <summary>The end of a test: its own result, and the result of its proof.</summary>
internal static class TestEnding
{
    // An inconclusive test is shown as skipped. A timed-out test may still be running.
    public static TestEnd Of(TestResult[] results)
    {
        if (Array.TrueForAll(results, r => r.Outcome == UnitTestOutcome.Passed)) return TestEnd.Passed;
        return Array.Exists(results, r => r.Outcome is UnitTestOutcome.Failed or UnitTestOutcome.Error)
            ? TestEnd.Failed
            : TestEnd.Unfinished;
    }

    public static void Show(ProofResult proof, TestResult result)
    {
        if (proof.Note is { } note) result.LogOutput += note + Environment.NewLine;
        if (proof.Report is { } report && ReportFile.TryWrite(report) is { } file)
            result.ResultFiles = [.. result.ResultFiles ?? [], file];
        if (proof.Failure is not { } failure) return;
        ClaimFailure.Set(result, failure);
        result.Outcome = UnitTestOutcome.Failed;
    }
}
