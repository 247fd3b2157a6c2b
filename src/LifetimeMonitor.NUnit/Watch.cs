using System.Diagnostics;
using System.Runtime.CompilerServices;
using LifetimeMonitoring.Adapters;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace LifetimeMonitoring.NUnit;

/// <summary>The scope around one test, and the final result of the test.</summary>
[StackTraceHidden]
internal static class Watch
{
    // Weak keys: a test holds its arguments, and no path to an argument may begin here.
    private static readonly ConditionalWeakTable<ITest, Proof> s_proofs = [];

    public static void Begin(ITest test)
    {
        // If the class and the assembly have the attribute, the outer attribute watches the test.
        if (!s_proofs.TryGetValue(test, out _) && ClaimOf(test) is { } claim) s_proofs.Add(test, Proof.Begin(claim));
    }

    public static void End(ITest test, TestExecutionContext context)
    {
        if (!s_proofs.TryGetValue(test, out Proof? proof)) return;
        _ = s_proofs.Remove(test);
        LetGoOfInstance(test, context);
        ProofResult result = proof.End(EndOf(context.CurrentResult));
        if (result.Note is { } note) context.CurrentResult.OutWriter.WriteLine(note);
        if (result.Report is { } report && ReportFile.TryWrite(report) is { } file)
            TestContext.AddTestAttachment(file, ReportFile.Description);
        if (result.Failure is { } failure) Fail(context.CurrentResult, failure);
    }

    private static Claim? ClaimOf(ITest test) =>
        test.Method is { } method && (test.TypeInfo?.Type ?? method.MethodInfo.ReflectedType) is { } type
            ? Claim.Of<MustBeCollectedAttribute>(method.MethodInfo, type)
            : null;

    private static TestEnd EndOf(TestResult result) => result.ResultState.Status switch
    {
        TestStatus.Passed or TestStatus.Warning => TestEnd.Passed,
        TestStatus.Failed => TestEnd.Failed,
        _ => TestEnd.Unfinished,
    };

    // NUnit disposes a per-test instance but releases it only later. This frame returns before the check.
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

        result.RecordAssertion(AssertionStatus.Failed, failure.Message, failure.StackTrace);
        result.RecordTestCompletion();
    }
}
