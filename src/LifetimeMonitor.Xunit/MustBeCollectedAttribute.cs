using System.Reflection;
using LifetimeMonitor.Adapters;
using Xunit.Sdk;

namespace LifetimeMonitor.Xunit;

/// <summary>
/// When a test with this attribute is over and its class is disposed, everything it tracked must be dead: what it gave to
/// <c>LifetimeScope.Current!.Track(x)</c>, and what it watched with a <see cref="LifeTimeMonitor"/> that it never asked itself.
/// <code>
/// [Fact, MustBeCollected]
/// public void Closing_a_dialog_lets_go_of_it()
/// {
///     var dialog = LifetimeScope.Current!.Track(new Dialog());
///     dialog.Close();
/// }
/// </code>
/// On a method it claims that the test tracks something, and fails a test that passed without tracking
/// (<see cref="NothingTrackedException"/>). On a class, a collection definition or an assembly it covers all tests in it, and
/// tests that track nothing pass. A leak fails the test with the report as its message; a failure of the test's own comes first and
/// is kept. A test that is out of time is not checked. The arguments of a theory cannot be tracked with success: xunit
/// holds them until all its rows have run.
/// <para>Needs <see cref="LifetimeTestFramework"/>, which the package registers by itself. Costs nothing for tests that track
/// nothing, a collection for those whose objects are dead, and a snapshot of the process for a leak.</para>
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed partial class MustBeCollectedAttribute : BeforeAfterTestAttribute
{
    /// <summary>Called by xunit before the test, to say when nothing watches it.</summary>
    /// <param name="methodUnderTest">The test.</param>
    /// <exception cref="InvalidOperationException">The test cannot be checked.</exception>
    public override void Before(MethodInfo methodUnderTest)
    {
        if (LifetimeScope.Current is not null) return;
        if (!LifetimeTestFramework.IsRunning)
        {
            throw new InvalidOperationException(
                "[MustBeCollected] cannot check this test: its test framework is not registered in the test assembly. Remove <LifetimeMonitorXunitFramework>false</LifetimeMonitorXunitFramework> from the project, or write [assembly: Xunit.TestFramework(\"LifetimeMonitor.Xunit.LifetimeTestFramework\", \"LifetimeMonitor.Xunit\")].");
        }

        // Around a whole assembly some tests may be of such a kind, and nobody has said of them that they track anything.
        if (methodUnderTest is { ReflectedType: { } type } && Claim.Of<MustBeCollectedAttribute>(methodUnderTest, type) is { IsOfTest: true })
        {
            throw new InvalidOperationException(
                "[MustBeCollected] cannot check this test: its attribute, which is neither [Fact] nor [Theory], runs it in a way of its own. Use a LifetimeScope in the test instead.");
        }
    }
}
