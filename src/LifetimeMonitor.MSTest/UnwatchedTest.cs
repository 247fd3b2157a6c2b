using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using LifetimeMonitoring.Adapters;

namespace LifetimeMonitoring.MSTest;

/// <summary>
/// A test with <see cref="MustBeCollectedAttribute"/> in a class without <see cref="LifetimeTestClassAttribute"/>: no
/// scope opens around it. Such a test must fail, so the package adds a <c>[GlobalTestInitialize]</c> that calls this
/// class to each C# test project.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class UnwatchedTest
{
    private const BindingFlags Any =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>
    /// Fails the starting test if it has a claim that will not be checked. Costs one look-up for other tests.
    /// </summary>
    /// <param name="context">The test.</param>
    /// <param name="assembly">The test assembly.</param>
    /// <exception cref="InvalidOperationException">The test is not watched. The message shows the fix.</exception>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="context"/> or <paramref name="assembly"/> is null.
    /// </exception>
    public static void Refuse(TestContext context, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(assembly);
        if (LifetimeScope.Current is not null
            || context.FullyQualifiedTestClassName is not { } name
            || assembly.GetType(name) is not { } testClass) return;
        if (!Array.Exists(
            testClass.GetMethods(Any),
            m => m.Name == context.TestName
                && Claim.Of<MustBeCollectedAttribute>(m, testClass) is { Skip: null })) return;
        throw new InvalidOperationException(
            "[MustBeCollected] cannot check this test: the attribute of its class is not [LifetimeTestClass]. " +
            $"Write [LifetimeTestClass] on {testClass.Name} for [TestClass], " +
            "derive your own attribute from LifetimeTestClassAttribute, " +
            "or remove <LifetimeMonitorMSTestClass>false</LifetimeMonitorMSTestClass> from the project.");
    }
}
