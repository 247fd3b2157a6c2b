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
        Claim claim = FindClaim();
        if (claim == Claim.None) return await base.InvokeTestAsync(aggregator).ConfigureAwait(true);

        // It is the current one for what this method awaits, and for nothing else.
        var scope = new LifetimeScope();
        Tuple<decimal, string> result = await base.InvokeTestAsync(aggregator).ConfigureAwait(true);
        if (await Proof.FailureAsync(scope, claim, End(aggregator)).ConfigureAwait(true) is { } failure) aggregator.Add(failure);
        return result;
    }

    // xunit has looked for it on the definition of the collection too.
    private Claim FindClaim()
    {
        Claim claim = Claims.Of<MustBeCollectedAttribute>(TestMethod, TestClass);
        return claim == Claim.None && BeforeAfterAttributes.OfType<MustBeCollectedAttribute>().Any() ? Claim.WhatIsTracked : claim;
    }

    // One that is out of time may still be running.
    private static TestEnd End(ExceptionAggregator aggregator)
    {
        if (!aggregator.HasExceptions) return TestEnd.Passed;
        return aggregator.ToException() is TestTimeoutException ? TestEnd.Unfinished : TestEnd.Failed;
    }
}
