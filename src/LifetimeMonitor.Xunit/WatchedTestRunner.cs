using System.Reflection;
using LifetimeMonitoring.Adapters;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace LifetimeMonitoring.Xunit;

/// <summary>Runs one test, within a scope when the test has a claim.</summary>
internal sealed class WatchedTestRunner(
    ITest test,
    LeakAfterFailure bus,
    Type testClass,
    object[] constructorArguments,
    MethodInfo testMethod,
    object[] arguments,
    string skipReason,
    IReadOnlyList<BeforeAfterTestAttribute> attributes,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancel)
    : XunitTestRunner(
        test,
        bus,
        testClass,
        constructorArguments,
        testMethod,
        arguments,
        skipReason,
        attributes,
        aggregator,
        cancel)
{
    protected override async Task<Tuple<decimal, string>> InvokeTestAsync(ExceptionAggregator aggregator)
    {
        Claim? claim = FindClaim();
        using GatePass pass = await TestGate.OfProcess.EnterAsync(claim is { Types.Count: > 0 }).ConfigureAwait(true);
        TestGate.Current = pass;
        if (claim is null) return await base.InvokeTestAsync(aggregator).ConfigureAwait(true);

        // The scope is current only for the code that this method awaits.
        var proof = Proof.Begin(claim, () => pass.IsAlone);
        Tuple<decimal, string> result = await base.InvokeTestAsync(aggregator).ConfigureAwait(true);
        ProofResult proved = await proof.EndAsync(End(aggregator)).ConfigureAwait(true);
        if (proved.Failure is { } failure)
        {
            if (aggregator.HasExceptions) bus.Leak = failure;
            else aggregator.Add(failure);
        }

        return proved.Note is { } note ? Tuple.Create(result.Item1, result.Item2 + note + "\n") : result;
    }

    // xunit also looks for the attribute on the definition of the collection.
    private Claim? FindClaim() => Claim.Of(TestMethod, TestClass, OfCollection());

    private IEnumerable<MustBeCollectedAttribute> OfCollection() =>
        Test.TestCase.TestMethod.TestClass.TestCollection.CollectionDefinition is IReflectionTypeInfo { Type: var definition }
            ? definition.GetCustomAttributes<MustBeCollectedAttribute>()
            : [];

    // A timed-out test may still be running, and may fail besides.
    private static TestEnd End(ExceptionAggregator aggregator) => aggregator.ToException() switch
    {
        null => TestEnd.Passed,
        TestTimeoutException => TestEnd.Unfinished,
        AggregateException several when several.InnerExceptions.Any(e => e is TestTimeoutException) =>
            TestEnd.Unfinished,
        _ => TestEnd.Failed,
    };
}
