using System.Reflection;
using Xunit.v3;

namespace LifetimeMonitor.XunitV3;

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
/// tests that track nothing pass. A leak fails the test with the report as its message and as an attachment; a failure of the
/// test's own comes first and is kept. A skipped test is not checked. The arguments of a theory cannot be tracked with success:
/// xunit holds them until all its rows have run.
/// <para>Needs <see cref="LifetimeFixture"/>, which the package registers by itself. Costs nothing for tests that track nothing,
/// a collection for those whose objects are dead, and a snapshot of the process for a leak.</para>
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed partial class MustBeCollectedAttribute : Attribute, IBeforeAfterTestAttribute, IAssemblyFixtureAttribute
{
    // Read by xunit at assembly level only: there the attribute needs nobody else to register the fixture.
    Type IAssemblyFixtureAttribute.AssemblyFixtureType => typeof(LifetimeFixture);

    void IBeforeAfterTestAttribute.Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (LifetimeFixture.Watches(test)) return;
        throw new InvalidOperationException(
            "[MustBeCollected] cannot check this test: its fixture is not registered in the test assembly. Remove <LifetimeMonitorXunitV3Fixture>false</LifetimeMonitorXunitV3Fixture> from the project, or write [assembly: Xunit.AssemblyFixture(typeof(LifetimeMonitor.XunitV3.LifetimeFixture))].");
    }

    void IBeforeAfterTestAttribute.After(MethodInfo methodUnderTest, IXunitTest test)
    {
        // Too early for the check: the test class is neither disposed nor let go of yet.
    }
}
