using System.ComponentModel;
using System.Diagnostics;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;

namespace LifetimeMonitoring.NUnit;

/// <summary>
/// When a test with this attribute is over and torn down, every object it tracked must be dead: each object it passed
/// to <c>LifetimeScope.Track(x)</c>, and each object whose <see cref="LifeTimeMonitor"/> it never asked.
/// <code>
/// [Test, MustBeCollected]
/// public void Closing_a_dialog_lets_go_of_it()
/// {
///     var dialog = LifetimeScope.Track(new Dialog());
///     dialog.Close();
/// }
/// </code>
/// On a method the attribute claims that the test tracks something, and a test that passed without tracking fails
/// (<see cref="NothingTrackedException"/>). On a class or an assembly it covers all tests there, and tests that track
/// nothing pass. A leak fails the test with the report as its message; the test's own failure is kept and comes first.
/// A skipped or inconclusive test is not checked.
/// <para>NUnit holds the arguments of a test. It also holds the fixture instance with its fields until all tests of the
/// fixture have run: set such a field to null in <c>[TearDown]</c>. With
/// <c>[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]</c> the instance is disposed and released before the check; its
/// constructor runs before the scope is open. A test that tracks nothing costs nothing, a test whose objects are dead
/// costs a collection, and a leak costs a snapshot of the process.</para>
/// </summary>
// One attribute, two ways: only a method wrapper sees the tear-down, and NUnit looks for wrappers on methods only.
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
[StackTraceHidden]
public sealed partial class MustBeCollectedAttribute : NUnitAttribute, IWrapSetUpTearDown, ITestAction, IApplyToTest
{
    ActionTargets ITestAction.Targets => ActionTargets.Test;

    // A claim about types: NUnit runs such a test alone.
    void IApplyToTest.ApplyToTest(Test test)
    {
        if (Types.Count > 0) test.Properties.Set(PropertyNames.ParallelScope, ParallelScope.None);
    }

    TestCommand ICommandWrapper.Wrap(TestCommand command) => new WatchedCommand(command);

    /// <summary>Called by NUnit before a test. An execution hook of NUnit 5 looks for a method of this name.</summary>
    /// <param name="test">The test.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void BeforeTest(ITest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (!IsMadeBy(test)) Watch.Begin(test);
    }

    /// <summary>Called by NUnit after a test. An execution hook of NUnit 5 looks for a method of this name.</summary>
    /// <param name="test">The test.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AfterTest(ITest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (!IsMadeBy(test)) Watch.End(test, TestExecutionContext.CurrentContext);
    }

    private static bool IsMadeBy(ITest test) =>
        test.Method?.MethodInfo.IsDefined(typeof(MustBeCollectedAttribute), inherit: true) == true;
}
