namespace LifetimeMonitoring.MSTest;

/// <summary>
/// A test class whose tests are watched if <see cref="MustBeCollectedAttribute"/> is on the test, the class or the
/// assembly: a <see cref="LifetimeScope"/> is open from before the class is constructed until it is disposed. Tests
/// without the attribute cost one look-up. In C# the package makes <c>[TestClass]</c> mean this attribute;
/// <c>&lt;LifetimeMonitorMSTestClass&gt;false&lt;/LifetimeMonitorMSTestClass&gt;</c> in the project turns that off. It
/// works with every kind of test method. Derive your own test class attribute from this one.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
#pragma warning disable CA1813 // As in MSTest: test projects derive attributes from it.
public class LifetimeTestClassAttribute : TestClassAttribute
#pragma warning restore CA1813
{
    /// <summary>Called by MSTest for each test method.</summary>
    /// <param name="testMethodAttribute">The attribute on the method, which still runs it.</param>
    /// <returns>An attribute that watches the method.</returns>
    public override TestMethodAttribute? GetTestMethodAttribute(TestMethodAttribute? testMethodAttribute) =>
        testMethodAttribute is not null && base.GetTestMethodAttribute(testMethodAttribute) is { } runner
            ? new WatchedTestMethod(runner)
            : null;
}
