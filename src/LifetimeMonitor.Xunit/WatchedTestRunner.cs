using System.Reflection;
using LifetimeMonitor.Adapters;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace LifetimeMonitor.Xunit;

/// <summary>Runs one test, within a scope when something is claimed of it.</summary>
internal sealed class WatchedTestRunner(
    ITest test, IMessageBus bus, Type testClass, object[] constructorArguments, MethodInfo testMethod, object[] arguments, string skipReason, IReadOnlyList<BeforeAfterTestAttribute> attributes, ExceptionAggregator aggregator, CancellationTokenSource cancel)
    : XunitTestRunner(test, bus, testClass, constructorArguments, testMethod, arguments, skipReason, attributes, aggregator, cancel)
{
    protected override async Task<Tuple<decimal, string>> InvokeTestAsync(ExceptionAggregator aggregator)
    {
        if (FindClaim() is not { } claim) return await base.InvokeTestAsync(aggregator).ConfigureAwait(true);

        // Its scope is the current one for what this method awaits, and for nothing else.
        var proof = Proof.Begin(claim);
        Tuple<decimal, string> result = await base.InvokeTestAsync(aggregator).ConfigureAwait(true);
        ProofResult proved = await proof.EndAsync(End(aggregator)).ConfigureAwait(true);
        if (proved.Failure is { } failure) aggregator.Add(failure);
        // Nothing can be attached to a result in xunit v2.
        return Tuple.Create(result.Item1, result.Item2 + proved.Output);
    }

    // xunit has looked for it on the definition of the collection too.
    private Claim? FindClaim() => Claim.Of(TestMethod, TestClass, OfCollection());

    private IEnumerable<MustBeCollectedAttribute> OfCollection() =>
        Test.TestCase.TestMethod.TestClass.TestCollection.CollectionDefinition is IReflectionTypeInfo { Type: var definition }
            ? definition.GetCustomAttributes<MustBeCollectedAttribute>()
            : [];

    // One that is out of time may still be running.
    private static TestEnd End(ExceptionAggregator aggregator)
    {
        if (!aggregator.HasExceptions) return TestEnd.Passed;
        return aggregator.ToException() is TestTimeoutException ? TestEnd.Unfinished : TestEnd.Failed;
    }
}
