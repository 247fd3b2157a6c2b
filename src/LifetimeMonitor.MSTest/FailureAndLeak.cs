using System.Reflection;

namespace LifetimeMonitoring.MSTest;

/// <summary>
/// The failure of a test, with its stack trace, and then the violation of its claim. MSTest itself makes an
/// <see cref="AggregateException"/> of two exceptions, which has no stack trace.
/// </summary>
internal sealed class FailureAndLeak : AssertFailedException
{
    private readonly string? _stackTrace;

    private FailureAndLeak(Exception failure, Exception leak)
        : base($"{failure.Message}\n\nThis test also breaks its claim:\n\n{leak.Message}", failure) =>
        _stackTrace = failure.StackTrace ?? failure.InnerException?.StackTrace;

    public override string? StackTrace => _stackTrace;

    /// <summary>Makes the violation of a claim the failure of a test, or adds it to the test's own failure.</summary>
    public static void Set(TestResult result, Exception leak)
    {
        Exception? failure = result.TestFailureException;
        if (failure is not null && FailureOf(result) is { } field)
        {
            field.SetValue(result, null);
            result.TestFailureException = new FailureAndLeak(failure, leak);
            return;
        }

        // Where MSTest keeps the failure elsewhere, it shows both in its own way.
        result.TestFailureException = leak;
    }

    private static FieldInfo? FailureOf(TestResult result) => Array.Find(
        typeof(TestResult).GetFields(BindingFlags.Instance | BindingFlags.NonPublic),
        f => f.FieldType == typeof(Exception) && ReferenceEquals(f.GetValue(result), result.TestFailureException));
}
