using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace LifetimeMonitoring.Xunit;

/// <summary>
/// Runs the tests of an assembly as xunit does, with a chain of runners to <see cref="WatchedTestRunner"/>.
/// </summary>
internal sealed class LifetimeTestFrameworkExecutor(
    AssemblyName assemblyName,
    ISourceInformationProvider sources,
    IMessageSink diagnostics)
    : XunitTestFrameworkExecutor(assemblyName, sources, diagnostics)
{
    protected override async void RunTestCases(
        IEnumerable<IXunitTestCase> testCases,
        IMessageSink executionMessageSink,
        ITestFrameworkExecutionOptions executionOptions)
    {
        using var runner = new AssemblyRunner(
            TestAssembly,
            testCases,
            DiagnosticMessageSink,
            executionMessageSink,
            executionOptions);
        _ = await runner.RunAsync().ConfigureAwait(true);
    }

    private sealed class AssemblyRunner(
        ITestAssembly assembly,
        IEnumerable<IXunitTestCase> cases,
        IMessageSink diagnostics,
        IMessageSink sink,
        ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, cases, diagnostics, sink, options)
    {
        protected override Task<RunSummary> RunTestCollectionAsync(
            IMessageBus messageBus,
            ITestCollection testCollection,
            IEnumerable<IXunitTestCase> testCases,
            CancellationTokenSource cancellationTokenSource) =>
            new CollectionRunner(
                testCollection,
                testCases,
                DiagnosticMessageSink,
                messageBus,
                TestCaseOrderer,
                new ExceptionAggregator(Aggregator),
                cancellationTokenSource).RunAsync();
    }

    private sealed class CollectionRunner(
        ITestCollection collection,
        IEnumerable<IXunitTestCase> cases,
        IMessageSink diagnostics,
        IMessageBus bus,
        ITestCaseOrderer orderer,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancel)
        : XunitTestCollectionRunner(collection, cases, diagnostics, bus, orderer, aggregator, cancel)
    {
        protected override Task<RunSummary> RunTestClassAsync(
            ITestClass testClass,
            IReflectionTypeInfo @class,
            IEnumerable<IXunitTestCase> testCases) =>
            new ClassRunner(
                testClass,
                @class,
                testCases,
                DiagnosticMessageSink,
                MessageBus,
                TestCaseOrderer,
                new ExceptionAggregator(Aggregator),
                CancellationTokenSource,
                CollectionFixtureMappings).RunAsync();
    }

    private sealed class ClassRunner(
        ITestClass testClass,
        IReflectionTypeInfo type,
        IEnumerable<IXunitTestCase> cases,
        IMessageSink diagnostics,
        IMessageBus bus,
        ITestCaseOrderer orderer,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancel,
        IDictionary<Type, object> fixtures)
        : XunitTestClassRunner(testClass, type, cases, diagnostics, bus, orderer, aggregator, cancel, fixtures)
    {
        protected override Task<RunSummary> RunTestMethodAsync(
            ITestMethod testMethod,
            IReflectionMethodInfo method,
            IEnumerable<IXunitTestCase> testCases,
            object[] constructorArguments) =>
            new WatchedMethodRunner(
                testMethod,
                Class,
                method,
                testCases,
                DiagnosticMessageSink,
                MessageBus,
                new ExceptionAggregator(Aggregator),
                CancellationTokenSource,
                constructorArguments).RunAsync();
    }
}
