using System.Runtime.CompilerServices;
using LifetimeMonitoring.Adapters;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace LifetimeMonitoring.XunitV3;

/// <summary>
/// xunit's runner of a test, except that a leak of a test that has its own failure comes after it. As two exceptions,
/// xunit would list them under an <see cref="AggregateException"/>, whose message repeats both.
/// </summary>
#pragma warning disable CA1852 // The build for versions before 4.0 derives from it.
internal class LeakAfterFailure : XunitTestRunner
#pragma warning restore CA1852
{
    // Weak keys: a test holds the arguments of its theory.
    private static readonly ConditionalWeakTable<IXunitTest, TestRun> s_runs = [];

    /// <summary>Makes xunit run its tests with this runner, unless somebody else did so before.</summary>
    public static void Install(LeakAfterFailure runner)
    {
        try
        {
            Replace(runner);
        }
        catch (Exception e) when (e is FieldAccessException or MissingFieldException)
        {
            // A later xunit does not allow it. It shows both failures in its own way.
        }
    }

    /// <summary>The run of a test with a claim, or null when another runner runs it.</summary>
    public static TestRun? RunOf(IXunitTest test) => s_runs.TryGetValue(test, out TestRun? run) ? run : null;

    protected override ValueTask<TimeSpan> RunTest(XunitTestRunnerContext ctxt) =>
        RunWithinGate(new StrongBox<XunitTestRunnerContext?>(ctxt), TestClaim.IsOfTypes(ctxt.Test));

    // The context is in a box that is emptied: it holds the fixtures and the arguments of the test.
    private async ValueTask<TimeSpan> RunWithinGate(StrongBox<XunitTestRunnerContext?> context, bool alone)
    {
        using GatePass pass = await TestGate.OfProcess.EnterAsync(alone).ConfigureAwait(true);
        TestGate.Current = pass;
        return await RunEntered(Take(context)).ConfigureAwait(true);
    }

    private static XunitTestRunnerContext Take(StrongBox<XunitTestRunnerContext?> box)
    {
        XunitTestRunnerContext context = box.Value!;
        box.Value = null;
        return context;
    }

    private ValueTask<TimeSpan> RunEntered(XunitTestRunnerContext ctxt)
    {
        if (!TestClaim.IsMade(ctxt.Test)) return base.RunTest(ctxt);
        var run = new TestRun(ctxt);
        s_runs.AddOrUpdate(ctxt.Test, run);
        return RunClaimed(ctxt, run);
    }

    /// <summary>Runs a test that has, or around which there is, a claim.</summary>
    protected virtual ValueTask<TimeSpan> RunClaimed(XunitTestRunnerContext context, TestRun run) =>
        base.RunTest(context);

    protected override ValueTask<(bool Continue, TestResultState ResultState)> OnTestFailed(
        XunitTestRunnerContext ctxt,
        Exception exception,
        decimal executionTime,
        string output,
        string[]? warnings)
    {
        if (RunOf(ctxt.Test)?.Leak is not { } leak)
            return base.OnTestFailed(ctxt, exception, executionTime, output, warnings);

        TestFailed failed = Both(ctxt.Test, exception, leak, executionTime, output, warnings);
        return new((ctxt.MessageBus.QueueMessage(failed), TestResultState.FromTestResult(failed)));
    }

    // In a method of its own: without the field it cannot be compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Replace(LeakAfterFailure runner)
    {
        if (Instance.GetType() == typeof(XunitTestRunner)) Instance = runner;
    }

    private static TestFailed Both(
        IXunitTest test,
        Exception exception,
        Exception leak,
        decimal executionTime,
        string output,
        string[]? warnings)
    {
        var own = ExceptionUtility.ExtractMetadata(exception);
        var ours = ExceptionUtility.ExtractMetadata(leak);
        int first = own.Messages.Length;
        return new TestFailed
        {
            AssemblyUniqueID = test.TestCase.TestCollection.TestAssembly.UniqueID,
            TestCollectionUniqueID = test.TestCase.TestCollection.UniqueID,
            TestClassUniqueID = test.TestCase.TestClass.UniqueID,
            TestMethodUniqueID = test.TestCase.TestMethod.UniqueID,
            TestCaseUniqueID = test.TestCase.UniqueID,
            TestUniqueID = test.UniqueID,
            Cause = own.Cause,
            ExceptionTypes = [.. own.ExceptionTypes, .. ours.ExceptionTypes],
            Messages = [.. own.Messages, .. ours.Messages],
            StackTraces = [.. own.StackTraces, .. ours.StackTraces],
            // The leak is shown below the first exception, as an inner one.
            ExceptionParentIndices =
                [.. own.ExceptionParentIndices, .. ours.ExceptionParentIndices.Select(i => i < 0 ? 0 : first + i)],
            ExecutionTime = executionTime,
            FinishTime = DateTimeOffset.UtcNow,
            Output = output,
            Warnings = warnings,
        };
    }
}
