using System.Reflection;
using System.Runtime.CompilerServices;

namespace LifetimeMonitoring.MSTest;

/// <summary>The instance of a test class, which MSTest makes for each test.</summary>
internal static class TestInstance
{
    // MSTest before 4.5.1 keeps the instance here while it waits for the attribute, although the test is over.
    private const string Field = "_classInstance";

    /// <summary>Makes MSTest forget the instance of a test that is over and disposed. This frame returns before the check.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Release(ITestMethod testMethod)
    {
        FieldInfo? field = testMethod.GetType().GetField(Field, BindingFlags.Instance | BindingFlags.NonPublic);
        if (field is { IsInitOnly: false }) field.SetValue(testMethod, null);
    }
}
