using Xunit.v3;

namespace LifetimeMonitoring.XunitV3;

/// <summary>
/// Opens a <see cref="LifetimeScope"/> around each test with <see cref="MustBeCollectedAttribute"/> before its class is
/// constructed, and checks it when the class is disposed. The package registers this assembly fixture in every C# test
/// project; <c>&lt;LifetimeMonitorXunitV3Fixture&gt;false&lt;/LifetimeMonitorXunitV3Fixture&gt;</c> in the project
/// turns that off. Tests without the attribute cost one look-up. Thread-safe.
/// </summary>
/// <remarks>Before version 4.0 xunit v3 does not tell a fixture of tests: a runner watches them.</remarks>
public sealed class LifetimeFixture
{
    /// <summary>Called by xunit.</summary>
    public LifetimeFixture() => LeakAfterFailure.Install(new WatchedTestRunner());

    internal static bool Watches(IXunitTest test) => LeakAfterFailure.RunOf(test) is { IsWatched: true };

    /// <summary>Whether the fixture is one of the class of the test, of its collection or of the assembly.</summary>
    internal static bool IsFixtureOf(IXunitTest test)
    {
        IXunitTestClass @class = test.TestCase.TestClass;
        IXunitTestCollection collection = @class.TestCollection;
        return collection.TestAssembly.AssemblyFixtureTypes
            .Concat(collection.CollectionFixtureTypes)
            .Concat(collection.ClassFixtureTypes)
            .Concat(@class.ClassFixtureTypes)
            .Contains(typeof(LifetimeFixture));
    }
}
