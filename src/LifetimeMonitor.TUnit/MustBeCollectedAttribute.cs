using System.Diagnostics;
using TUnit.Core;
using TUnit.Core.Enums;
using TUnit.Core.Interfaces;

namespace LifetimeMonitor.TUnit;

/// <summary>
/// When a test with this attribute is over and its <c>[After(Test)]</c> hooks have run, everything it tracked must be dead: what it
/// gave to <c>LifetimeScope.Current!.Track(x)</c>, and what it watched with a <see cref="LifeTimeMonitor"/> that it never asked itself.
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
/// A leak fails the test with the report as its message; a failure of the test's own comes first and is kept. A test that is skipped
/// or out of time is not checked.
/// <para>TUnit lets nobody fail a test after its class was disposed, and holds the instance with its fields, and the arguments: set
/// such a field to null in <c>[After(Test)]</c>. Costs nothing for tests that track nothing, a collection for those whose objects are
/// dead, and a snapshot of the process for a leak.</para>
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
[StackTraceHidden]
public sealed partial class MustBeCollectedAttribute : Attribute, ITestStartEventReceiver, ITestEndEventReceiver
{
    EventReceiverStage ITestStartEventReceiver.Stage => EventReceiverStage.Early;

    // What is ambient does not flow from one event of a test to the next: the scope goes with TUnit's own context.
    static partial void Register() => LifetimeScope.OfFramework = Watch.Current;

    ValueTask ITestStartEventReceiver.OnTestStart(TestContext context)
    {
        Watch.Begin(context);
        return default;
    }

    async ValueTask ITestEndEventReceiver.OnTestEnd(TestContext context) => await Watch.EndAsync(context).ConfigureAwait(false);
}
