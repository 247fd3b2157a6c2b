using System.Diagnostics;
using System.Runtime.CompilerServices;
using LifetimeMonitor.Adapters;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace LifetimeMonitor.NUnit;

/// <summary>The scope around one test, and what its result says in the end.</summary>
[StackTraceHidden]
internal static class Watch
{
    // Weak keys: a test holds its arguments, and no path to one of them shall begin here.
    private static readonly ConditionalWeakTable<ITest, LifetimeScope> s_scopes = [];

    public static void Begin(ITest test)
    {
        // With the attribute on the class and on the assembly the outer one has the test.
        if (!s_scopes.TryGetValue(test, out _)) s_scopes.Add(test, new LifetimeScope());
    }

    public static void End(ITest test, Claim claim, TestExecutionContext context)
    {
        if (!s_scopes.TryGetValue(test, out LifetimeScope? scope)) return;
        _ = s_scopes.Remove(test);
        LetGoOfInstance(test, context);
        if (Proof.Failure(scope, claim, EndOf(context.CurrentResult)) is { } failure) Fail(context.CurrentResult, failure);
    }

    private static TestEnd EndOf(TestResult result) => result.ResultState.Status switch
    {
        TestStatus.Passed or TestStatus.Warning => TestEnd.Passed,
        TestStatus.Failed => TestEnd.Failed,
        _ => TestEnd.Unfinished,
    };

    // NUnit has disposed an instance that is made for one test, and only forgets it later. Not in the frame that checks.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LetGoOfInstance(ITest test, TestExecutionContext context)
    {
        ITest? fixture = test;
        while (fixture is not (null or TestFixture)) fixture = fixture.Parent;
        if (fixture is not TestFixture { LifeCycle: LifeCycle.InstancePerTestCase }) return;
        context.TestObject = null;
        ((Test)test).Fixture = null;
    }

    private static void Fail(TestResult result, Exception failure)
    {
        if (failure is not LifetimeAssertionException)
        {
            result.RecordException(failure);
            return;
        }

        result.RecordAssertion(AssertionStatus.Failed, failure.Message, stackTrace: null);
        result.RecordTestCompletion();
    }
}
