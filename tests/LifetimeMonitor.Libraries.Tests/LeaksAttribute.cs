using System.Reflection;
using Xunit.v3;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>Makes a row of docs/reference/libraries.md of a test, once the test has proved the leak and its end.</summary>
/// <param name="type">A type of the library.</param>
/// <param name="way">The way to leak.</param>
/// <param name="end">The call that frees the object, or the change in the code.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LeaksAttribute(Type type, string way, string end) : BeforeAfterTestAttribute
{
    public Type Type { get; } = type;

    public string Way { get; } = way;

    public string End { get; } = end;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Leak.Proven = null;

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed) return;
        Assert.True(Leak.Proven is not null, "The test proved no leak.");
        Page.Add(new Row(this, Leak.Proven));
    }
}
