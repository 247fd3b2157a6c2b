using LifetimeMonitoring.Adapters;

namespace LifetimeMonitoring.MSTest;

/// <summary>Runs a test with its own attribute, within a scope when the test has a claim.</summary>
internal sealed class WatchedTestMethod(TestMethodAttribute runner) : TestMethodAttribute
{
    // MSTest asks for it to run the rows of a data test.
    public TestMethodAttribute Runner { get; } = runner;

    public override TestResult[] Execute(ITestMethod testMethod)
    {
        Claim? claim = Claim.Of<MustBeCollectedAttribute>(testMethod.MethodInfo, testMethod.MethodInfo.ReflectedType!);
        GatePass? outer = TestGate.Current;
        using GatePass pass = TestGate.OfProcess.EnterAsync(claim is { Types.Count: > 0 }).AsTask().GetAwaiter().GetResult();
        TestGate.Current = pass;
        try
        {
            return claim is null ? Runner.Execute(testMethod) : Watched(testMethod, Proof.Begin(claim, () => pass.IsAlone));
        }
        finally
        {
            TestGate.Current = outer;
        }
    }

    private TestResult[] Watched(ITestMethod testMethod, Proof proof)
    {
        TestResult[] results = Runner.Execute(testMethod);
        TestEnd end = TestEnding.Of(results);
        if (end != TestEnd.Unfinished) TestInstance.Release(testMethod);
        TestEnding.Show(proof.End(end), results[^1]);
        return results;
    }
}
