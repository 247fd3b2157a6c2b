using System.Diagnostics;
using TUnit.Core;
using TUnit.Core.Enums;
using TUnit.Core.Interfaces;

namespace LifetimeMonitoring.TUnit;

/// <summary>
/// When a test with this attribute is over and its <c>[After(Test)]</c> hooks have run, every object it tracked must be
/// dead: each object it passed to <c>LifetimeScope.Track(x)</c>, and each object whose <see cref="LifeTimeMonitor"/> it
/// never asked.
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
/// A skipped or timed-out test is not checked.
/// <para>TUnit cannot fail a test after its class was disposed, and it holds the arguments and the instance with its
/// fields: set such a field to null in <c>[After(Test)]</c>. A test that tracks nothing costs nothing, a test whose
/// objects are dead costs a collection, and a leak costs a snapshot of the process.</para>
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
[StackTraceHidden]
public sealed partial class MustBeCollectedAttribute : Attribute,
    ITestDiscoveryEventReceiver,
    ITestStartEventReceiver,
    ITestEndEventReceiver
{
    // A claim about types: TUnit runs such a test alone.
    ValueTask ITestDiscoveryEventReceiver.OnTestDiscovered(DiscoveredTestContext context)
    {
        if (Types.Count > 0) context.AddParallelConstraint(new NotInParallelConstraint([]));
        return default;
    }

    EventReceiverStage ITestStartEventReceiver.Stage => EventReceiverStage.Early;

    // Ambient data does not flow from one event of a test to the next, so the scope is kept with TUnit's own context.
    static partial void Register() => LifetimeScope.OfFramework = Watch.Current;

    ValueTask ITestStartEventReceiver.OnTestStart(TestContext context)
    {
        Watch.Begin(context);
        return default;
    }

    async ValueTask ITestEndEventReceiver.OnTestEnd(TestContext context) => await Watch.EndAsync(context).ConfigureAwait(false);
}
