namespace LifetimeMonitor.MSTest;

/// <summary>
/// A test class whose tests are watched where <see cref="MustBeCollectedAttribute"/> is on them, on the class or on the assembly:
/// a <see cref="LifetimeScope"/> is open from before the class is constructed until it is disposed. Tests without the attribute
/// cost a look-up. In C# the package lets <c>[TestClass]</c> mean this; <c>&lt;LifetimeMonitorMSTestClass&gt;false&lt;/LifetimeMonitorMSTestClass&gt;</c>
/// in the project turns that off. It works with every kind of test method; derive your own test class attribute from this one.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
#pragma warning disable CA1813 // As MSTest's own: test projects derive attributes from it.
public class LifetimeTestClassAttribute : TestClassAttribute
#pragma warning restore CA1813
{
    /// <summary>Called by MSTest for each test method.</summary>
    /// <param name="testMethodAttribute">The attribute on the method, which goes on running it.</param>
    /// <returns>One that watches it.</returns>
    public override TestMethodAttribute? GetTestMethodAttribute(TestMethodAttribute testMethodAttribute)
    {
        TestMethodAttribute? runner = base.GetTestMethodAttribute(testMethodAttribute);
        return runner is null ? null : new WatchedTestMethod(runner);
    }
}
