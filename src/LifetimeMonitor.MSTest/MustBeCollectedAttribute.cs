namespace LifetimeMonitoring.MSTest;

/// <summary>
/// When a test with this attribute is over and its class is disposed, every object it tracked must be dead: each object
/// it passed to <c>LifetimeScope.Track(x)</c>, and each object whose <see cref="LifeTimeMonitor"/> it never asked.
/// <code>
/// [TestMethod, MustBeCollected]
/// public void Closing_a_dialog_lets_go_of_it()
/// {
///     var dialog = LifetimeScope.Track(new Dialog());
///     dialog.Close();
/// }
/// </code>
/// On a method the attribute claims that the test tracks something, and a test that passed without tracking fails
/// (<see cref="NothingTrackedException"/>). On a class or an assembly it covers all tests there, and tests that track
/// nothing pass. A leak fails the test with the report as its message; the test's own failure is kept and comes first.
/// A skipped, inconclusive or timed-out test is not checked. Do not track the arguments of a test: MSTest holds them.
/// <para>Needs <see cref="LifetimeTestClassAttribute"/> on the test class; in C# the package makes <c>[TestClass]</c>
/// mean that. Without it the test fails and says so (languages other than C# check nothing), and
/// <see cref="LifetimeScope.Current"/> is null. A test that tracks nothing costs nothing, a test whose objects are dead
/// costs a collection, and a leak costs a snapshot of the process.</para>
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed partial class MustBeCollectedAttribute : Attribute;
