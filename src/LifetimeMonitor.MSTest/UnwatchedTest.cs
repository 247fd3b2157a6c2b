using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using LifetimeMonitor.Adapters;

namespace LifetimeMonitor.MSTest;

/// <summary>
/// A test with <see cref="MustBeCollectedAttribute"/> in a class whose attribute is not a <see cref="LifetimeTestClassAttribute"/>: nobody sees it begin and
/// end. It must not pass in silence, so the package adds to a C# test project a <c>[GlobalTestInitialize]</c> that asks here.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class UnwatchedTest
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Fails the test that is about to run when it claims something that nobody will check. Costs a look-up for a test that claims nothing.</summary>
    /// <param name="context">The test.</param>
    /// <param name="assembly">The test assembly.</param>
    /// <exception cref="InvalidOperationException">The test is not watched; the message says what to do.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> or <paramref name="assembly"/> is null.</exception>
    public static void Refuse(TestContext context, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(assembly);
        if (LifetimeScope.Current is not null || context.FullyQualifiedTestClassName is not { } name || assembly.GetType(name) is not { } testClass) return;
        if (!Array.Exists(testClass.GetMethods(Any), m => m.Name == context.TestName && Claim.Of<MustBeCollectedAttribute>(m, testClass) is { Skip: null })) return;
        throw new InvalidOperationException(
            $"[MustBeCollected] cannot check this test: the attribute of its class is not [LifetimeTestClass]. Write [LifetimeTestClass] on {testClass.Name} for [TestClass], derive your own attribute from LifetimeTestClassAttribute, or remove <LifetimeMonitorMSTestClass>false</LifetimeMonitorMSTestClass> from the project.");
    }
}
