using System.Diagnostics;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;

namespace LifetimeMonitor.NUnit;

/// <summary>
/// When a test with this attribute is over and torn down, everything it tracked must be dead: what it gave to
/// <c>LifetimeScope.Current!.Track(x)</c>, and what it watched with a <see cref="LifeTimeMonitor"/> that it never asked itself.
/// <code>
/// [Test, MustBeCollected]
/// public void Closing_a_dialog_lets_go_of_it()
/// {
///     var dialog = LifetimeScope.Current!.Track(new Dialog());
///     dialog.Close();
/// }
/// </code>
/// On a method it claims that the test tracks something, and fails a test that passed without tracking
/// (<see cref="NothingTrackedException"/>). On a class or an assembly it covers all tests in it, and tests that track nothing pass.
/// A leak fails the test with the report as its message; a failure of the test's own comes first and is kept. A skipped or
/// inconclusive test is not checked.
/// <para>NUnit holds the arguments of a test, and the instance of a fixture with its fields until all tests of the fixture have run:
/// set such a field to null in <c>[TearDown]</c>. With <c>[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]</c> the instance is
/// disposed and let go of before the check; its constructor runs before the scope is open. Costs nothing for tests that track
/// nothing, a collection for those whose objects are dead, and a snapshot of the process for a leak.</para>
/// </summary>
// One attribute, two ways: what wraps a method is the only thing that sees it torn down, and is looked for on methods only.
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
[StackTraceHidden]
public sealed partial class MustBeCollectedAttribute : NUnitAttribute, IWrapSetUpTearDown, ITestAction
{
    ActionTargets ITestAction.Targets => ActionTargets.Test;

    TestCommand ICommandWrapper.Wrap(TestCommand command) => new WatchedCommand(command);

    void ITestAction.BeforeTest(ITest test)
    {
        if (!IsMadeBy(test)) Watch.Begin(test);
    }

    void ITestAction.AfterTest(ITest test)
    {
        if (!IsMadeBy(test)) Watch.End(test, TestExecutionContext.CurrentContext);
    }

    private static bool IsMadeBy(ITest test) => test.Method?.MethodInfo.IsDefined(typeof(MustBeCollectedAttribute), inherit: true) == true;
}
