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
        Claim? claim = Claim.Of<MustBeCollectedAttribute>(testMethod.MethodInfo, testMethod.MethodInfo.ReflectedType!);
        using GatePass pass = await TestGate.OfProcess.EnterAsync(claim is { Types.Count: > 0 }).ConfigureAwait(true);
        TestGate.Current = pass;
        if (claim is null) return await Runner.ExecuteAsync(testMethod).ConfigureAwait(true);

        // The scope is current only for the code that this method awaits.
        var proof = Proof.Begin(claim, () => pass.IsAlone);
        TestResult[] results = await Runner.ExecuteAsync(testMethod).ConfigureAwait(true);
        TestEnd end = TestEnding.Of(results);
        if (end != TestEnd.Unfinished) TestInstance.Release(testMethod);
        TestEnding.Show(await proof.EndAsync(end).ConfigureAwait(true), results[^1]);
        return results;
    }
}
