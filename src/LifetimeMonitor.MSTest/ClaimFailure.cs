using System.Reflection;
using LifetimeMonitoring.Adapters;

namespace LifetimeMonitoring.MSTest;

/// <summary>
/// The violation of the claim of a test. MSTest omits the name of this type before the message. Editors and build
/// servers show the line in the stack trace: that of the test's own failure, or where the object was tracked.
/// </summary>
internal sealed class ClaimFailure : AssertFailedException
{
    private ClaimFailure(string message, Exception inner, string? stackTrace)
        : base(message, inner) => StackTrace = stackTrace;

    public override string? StackTrace { get; }

    /// <summary>Makes the violation the failure of a test, or adds it to the test's own failure.</summary>
    public static void Set(TestResult result, Exception violation)
    {
        // Of two exceptions MSTest makes an AggregateException, which has no stack trace.
        if (result.TestFailureException is { } failure && FailureOf(result) is { } field)
        {
            field.SetValue(result, null);
            result.TestFailureException = new ClaimFailure(
                OwnFailureAndViolation.Message(failure, violation),
                failure,
                failure.StackTrace ?? failure.InnerException?.StackTrace);
            return;
        }

        result.TestFailureException = violation is LifetimeAssertionException
            ? new ClaimFailure(violation.Message, violation, violation.StackTrace)
            : violation;
    }

    private static FieldInfo? FailureOf(TestResult result) => Array.Find(
        typeof(TestResult).GetFields(BindingFlags.Instance | BindingFlags.NonPublic),
        f => f.FieldType == typeof(Exception) && ReferenceEquals(f.GetValue(result), result.TestFailureException));
}
