using System.Reflection;
using Xunit.v3;

namespace LifetimeMonitoring.XunitV3;

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
/// there, and tests that track nothing pass. A leak fails the test with the report as its message and as an attachment;
/// the test's own failure is kept and comes first. A skipped test is not checked. Do not track the arguments of a
/// theory: xunit holds them until all its rows have run.
/// <para>Needs <see cref="LifetimeFixture"/>, which the package registers. A test that tracks nothing costs nothing, a
/// test whose objects are dead costs a collection, and a leak costs a snapshot of the process.</para>
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed partial class MustBeCollectedAttribute : Attribute, IBeforeAfterTestAttribute, IAssemblyFixtureAttribute
{
    // xunit reads this at assembly level only: there the attribute registers the fixture itself.
    Type IAssemblyFixtureAttribute.AssemblyFixtureType => typeof(LifetimeFixture);

    void IBeforeAfterTestAttribute.Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (LifetimeFixture.Watches(test)) return;
        throw new InvalidOperationException(
            "[MustBeCollected] cannot check this test: its fixture is not registered in the test assembly. " +
            "Remove <LifetimeMonitorXunitV3Fixture>false</LifetimeMonitorXunitV3Fixture> from the project, or write " +
            "[assembly: Xunit.AssemblyFixture(typeof(LifetimeMonitoring.XunitV3.LifetimeFixture))].");
    }

    void IBeforeAfterTestAttribute.After(MethodInfo methodUnderTest, IXunitTest test)
    {
        // Too early for the check: the test class is not yet disposed and released.
    }
}
