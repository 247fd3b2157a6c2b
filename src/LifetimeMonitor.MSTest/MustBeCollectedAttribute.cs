namespace LifetimeMonitor.MSTest;

/// <summary>
/// When a test with this attribute is over and its class is disposed, everything it tracked must be dead: what it gave to
/// <c>LifetimeScope.Current!.Track(x)</c>, and what it watched with a <see cref="LifeTimeMonitor"/> that it never asked itself.
/// <code>
/// [TestMethod, MustBeCollected]
/// public void Closing_a_dialog_lets_go_of_it()
/// {
///     var dialog = LifetimeScope.Current!.Track(new Dialog());
///     dialog.Close();
/// }
/// </code>
/// On a method it claims that the test tracks something, and fails a test that passed without tracking
/// (<see cref="NothingTrackedException"/>). On a class or an assembly it covers all tests in it, and tests that track nothing pass.
/// A leak fails the test with the report as its message; a failure of the test's own comes first and is kept. A test that is
/// skipped, inconclusive or out of time is not checked. The arguments of a test cannot be tracked with success: MSTest holds them.
/// <para>Needs <see cref="LifetimeTestClassAttribute"/> on the test class; the package lets <c>[TestClass]</c> mean that in C#. Where
/// it is missing the test fails and says so (in other languages than C# nothing is checked), and <see cref="LifetimeScope.Current"/> is null. Costs nothing for tests that track nothing, a
/// collection for those whose objects are dead, and a snapshot of the process for a leak.</para>
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed partial class MustBeCollectedAttribute : Attribute;
