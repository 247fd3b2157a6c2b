using LifetimeMonitoring.Adapters;

namespace LifetimeMonitoring.MSTest;

/// <summary>Runs a test with its own attribute, within a scope when the test has a claim.</summary>
internal sealed class WatchedTestMethod(TestMethodAttribute runner) : TestMethodAttribute
{
    // MSTest asks for it to run the rows of a data test.
    public TestMethodAttribute Runner { get; } = runner;

    public override TestResult[] Execute(ITestMethod testMethod)
    {
        if (Claim.Of<MustBeCollectedAttribute>(testMethod.MethodInfo, testMethod.MethodInfo.ReflectedType!)
            is not { } claim) return Runner.Execute(testMethod);

        Proof proof = Proof.Begin(claim);
        TestResult[] results = Runner.Execute(testMethod);
        TestEnd end = TestEnding.Of(results);
        if (end != TestEnd.Unfinished) TestInstance.Release(testMethod);
        TestEnding.Show(proof.End(end), results[^1]);
        return results;
    }
}
