namespace LifetimeMonitoring.Adapters;

/// <summary>The message of a test that failed and also breaks its claim, for a framework that shows one exception.</summary>
internal static class OwnFailureAndViolation
{
    public static string Message(Exception failure, Exception violation) =>
        $"{failure.Message}\n\nThis test also breaks its claim:\n\n{violation.Message}";
}
