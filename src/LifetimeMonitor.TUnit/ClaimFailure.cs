using System.Reflection;
using System.Runtime.ExceptionServices;
using TUnit.Core;

namespace LifetimeMonitoring.TUnit;

/// <summary>
/// Makes the violation of a claim the result of its test. TUnit prints the message of an exception that a receiver of
/// events throws three times, so this class overrides the result instead.
/// </summary>
internal static class ClaimFailure
{
    // TUnit lets an override give a reason, but no exception. The property can be set while TUnit makes a result.
    private static readonly PropertyInfo? s_exception =
        typeof(TestResult).GetProperty(nameof(TestResult.Exception)) is { CanWrite: true } exception ? exception : null;

    public static void Report(TestContext context, Exception violation)
    {
        // TUnit makes another attempt only after an exception. The last attempt has the report.
        if (context.Execution.CurrentRetryAttempt < context.Metadata.TestDetails.RetryLimit)
            throw new AttemptFailedException(violation);
        Exception? own = context.Execution.Result?.Exception;
        if (!TryOverride(context, own, violation)) ExceptionDispatchInfo.Throw(violation);
    }

    private static bool TryOverride(TestContext context, Exception? own, Exception violation)
    {
        if (s_exception is null || context.Execution.Result is { IsOverridden: true }) return false;
        try
        {
            context.Execution.OverrideResult(TestState.Failed, FirstLine(violation));
            s_exception.SetValue(
                context.Execution.Result,
                own is null ? violation : new FailedAndLeakedException(own, violation));
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or TargetException)
        {
            return false;
        }
    }

    private static string FirstLine(Exception violation) => violation.Message.Split('\n', 2)[0];

    private sealed class AttemptFailedException(Exception violation) : Exception(FirstLine(violation));
}
