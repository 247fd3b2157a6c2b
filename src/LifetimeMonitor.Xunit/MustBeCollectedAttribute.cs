using System.Reflection;
using LifetimeMonitoring.Adapters;
using Xunit.Sdk;

namespace LifetimeMonitoring.Xunit;

/// <summary>
/// When a test with this attribute is over and its class is disposed, every object it tracked must be dead: each object
/// it passed to <c>LifetimeScope.Track(x)</c>, and each object whose <see cref="LifeTimeMonitor"/> it never asked.
/// <code>
/// [Fact, MustBeCollected]
/// public void Closing_a_dialog_lets_go_of_it()
/// {
///     var dialog = LifetimeScope.Track(new Dialog());
///     dialog.Close();
/// }
/// </code>
/// On a method the attribute claims that the test tracks something, and a test that passed without tracking fails
/// (<see cref="NothingTrackedException"/>). On a class, a collection definition or an assembly it covers all tests
/// there, and tests that track nothing pass. A leak fails the test with the report as its message; the test's own
/// failure is kept and comes first. A timed-out test is not checked. Do not track the arguments of a theory: xunit
/// holds them until all its rows have run.
/// <para>Needs <see cref="LifetimeTestFramework"/>, which the package registers. A test that tracks nothing costs
/// nothing, a test whose objects are dead costs a collection, and a leak costs a snapshot of the process.</para>
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed partial class MustBeCollectedAttribute : BeforeAfterTestAttribute
{
    /// <summary>Called by xunit before the test; throws when nothing watches the test.</summary>
    /// <param name="methodUnderTest">The test.</param>
    /// <exception cref="InvalidOperationException">The test cannot be checked.</exception>
    public override void Before(MethodInfo methodUnderTest)
    {
        if (LifetimeScope.Current is not null) return;
        if (!LifetimeTestFramework.IsRunning)
        {
            throw new InvalidOperationException(
                "[MustBeCollected] cannot check this test: its test framework is not registered in the test assembly. " +
                "Remove <LifetimeMonitorXunitFramework>false</LifetimeMonitorXunitFramework> from the project, or write " +
                "[assembly: Xunit.TestFramework(" +
                "\"LifetimeMonitoring.Xunit.LifetimeTestFramework\", \"LifetimeMonitor.Xunit\")].");
        }

        // An attribute on the assembly also covers tests of such kinds, and it does not claim that they track anything.
        if (methodUnderTest is { ReflectedType: { } type }
            && Claim.Of<MustBeCollectedAttribute>(methodUnderTest, type) is { IsOfTest: true })
        {
            throw new InvalidOperationException(
                "[MustBeCollected] cannot check this test: its attribute, which is neither [Fact] nor [Theory], " +
                "runs it in a way of its own. Use a LifetimeScope in the test instead.");
        }
    }
}
