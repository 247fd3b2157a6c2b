using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace LifetimeMonitoring.Xunit;

/// <summary>
/// Runs the test cases of a method. <see cref="WatchedTestRunner"/> runs xunit's own kinds; other kinds run themselves.
/// </summary>
internal sealed class WatchedMethodRunner(
    ITestMethod testMethod,
    IReflectionTypeInfo type,
    IReflectionMethodInfo method,
    IEnumerable<IXunitTestCase> cases,
    IMessageSink diagnostics,
    IMessageBus bus,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancel,
    object[] constructorArguments)
    : XunitTestMethodRunner(testMethod, type, method, cases, diagnostics, bus, aggregator, cancel, constructorArguments)
{
    private readonly IMessageSink _diagnostics = diagnostics;
    private readonly object[] _constructorArguments = constructorArguments;

    // The exact types: a derived one may run its tests in another way.
    protected override Task<RunSummary> RunTestCaseAsync(IXunitTestCase testCase)
    {
        if (testCase.GetType() == typeof(XunitTestCase))
            return new CaseRunner(
                (XunitTestCase)testCase,
                _constructorArguments,
                MessageBus,
                Aggregator,
                CancellationTokenSource).RunAsync();
        if (testCase.GetType() == typeof(XunitTheoryTestCase))
            return new TheoryRunner(
                (XunitTheoryTestCase)testCase,
                _constructorArguments,
                _diagnostics,
                MessageBus,
                Aggregator,
                CancellationTokenSource).RunAsync();
        return base.RunTestCaseAsync(testCase);
    }

    private sealed class CaseRunner(
        XunitTestCase testCase,
        object[] constructorArguments,
        IMessageBus bus,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancel)
        : XunitTestCaseRunner(
            testCase,
            testCase.DisplayName,
            testCase.SkipReason,
            constructorArguments,
            testCase.TestMethodArguments,
            bus,
            new ExceptionAggregator(aggregator),
            cancel)
    {
        protected override XunitTestRunner CreateTestRunner(
            ITest test,
            IMessageBus messageBus,
            Type testClass,
            object[] constructorArguments,
            MethodInfo testMethod,
            object[] testMethodArguments,
            string skipReason,
            IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
            ExceptionAggregator aggregator,
            CancellationTokenSource cancellationTokenSource) =>
            new WatchedTestRunner(
                test,
                new LeakAfterFailure(messageBus),
                testClass,
                constructorArguments,
                testMethod,
                testMethodArguments,
                skipReason,
                beforeAfterAttributes,
                new ExceptionAggregator(aggregator),
                cancellationTokenSource);
    }

    private sealed class TheoryRunner(
        XunitTheoryTestCase testCase,
        object[] constructorArguments,
        IMessageSink diagnostics,
        IMessageBus bus,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancel)
        : XunitTheoryTestCaseRunner(
            testCase,
            testCase.DisplayName,
            testCase.SkipReason,
            constructorArguments,
            diagnostics,
            bus,
            new ExceptionAggregator(aggregator),
            cancel)
    {
        protected override XunitTestRunner CreateTestRunner(
            ITest test,
            IMessageBus messageBus,
            Type testClass,
            object[] constructorArguments,
            MethodInfo testMethod,
            object[] testMethodArguments,
            string skipReason,
            IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
            ExceptionAggregator aggregator,
            CancellationTokenSource cancellationTokenSource) =>
            new WatchedTestRunner(
                test,
                new LeakAfterFailure(messageBus),
                testClass,
                constructorArguments,
                testMethod,
                testMethodArguments,
                skipReason,
                beforeAfterAttributes,
                new ExceptionAggregator(aggregator),
                cancellationTokenSource);
    }
}
