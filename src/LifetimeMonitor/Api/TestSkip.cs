namespace LifetimeMonitoring;

/// <summary>
/// Knows the exceptions by which test frameworks skip a test or end it early. A test that ended so proves nothing
/// about its objects. They are known by name, because the core depends on no framework.
/// </summary>
internal static class TestSkip
{
    private static readonly string[] s_names =
    [
        "Xunit.Sdk.SkipException", "Xunit.SkipException", // xunit v3; Xunit.SkippableFact
        "NUnit.Framework.IgnoreException", "NUnit.Framework.InconclusiveException", "NUnit.Framework.SuccessException",
        "Microsoft.VisualStudio.TestTools.UnitTesting.AssertInconclusiveException",
        "TUnit.Core.Exceptions.SkipTestException", "TUnit.Core.Exceptions.InconclusiveTestException",
    ];

    public static bool Is(Exception? exception)
    {
        for (Type? type = exception?.GetType(); type is not null; type = type.BaseType)
        {
            if (s_names.Contains(type.FullName)) return true;
        }

        return false;
    }
}
