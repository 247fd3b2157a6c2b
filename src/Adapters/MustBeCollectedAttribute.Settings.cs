using LifetimeMonitoring.Adapters;

// Each adapter has its own attribute, because the base class comes from its framework. The settings are the same.
#if FOR_MSTEST
namespace LifetimeMonitoring.MSTest;
#elif FOR_NUNIT
namespace LifetimeMonitoring.NUnit;
#elif FOR_TUNIT
namespace LifetimeMonitoring.TUnit;
#elif FOR_XUNIT_V3
namespace LifetimeMonitoring.XunitV3;
#else
namespace LifetimeMonitoring.Xunit;
#endif

public sealed partial class MustBeCollectedAttribute : IClaim
{
    /// <summary>
    /// Claims that the tracked objects of the tests are collected, and so are the instances they make of some types.
    /// </summary>
    /// <param name="types">The types: see <see cref="Types"/>. None: only tracked objects are checked.</param>
    public MustBeCollectedAttribute(params Type[] types)
    {
        Types = types ?? [];
        Register();
    }

    /// <summary>
    /// Types whose instances the test must not leave alive: classes and interfaces, including derived and implementing
    /// types; an open generic type includes every constructed one. An instance from before the test is never reported,
    /// even if the collector moved it. The check cannot distinguish the instances of tests that run at the same time, so
    /// such a test runs alone: it waits until the running tests have ended, and others wait for it. (xunit and MSTest:
    /// at most a minute; then the test output says that instances were not checked.) Costs two snapshots of the process
    /// for each test. Without snapshots (anywhere but on Linux x64 and arm64), instances are not checked; the test output says so.
    /// </summary>
    public IReadOnlyList<Type> Types { get; }

    /// <summary>Whether the attribute on a class or method also applies to derived classes and overrides.</summary>
    /// <value>The default is true.</value>
    public bool Inherited { get; set; } = true;

    /// <summary>The reason not to check the test for now. The test runs, and its output shows the reason.</summary>
    /// <value>The default is null: it is checked.</value>
    public string? Skip { get; set; }

    /// <summary>The maximum time of a failing check, in seconds: <see cref="LifetimeOptions.TimeBudget"/>.</summary>
    /// <value>The default is 0: the time of <see cref="LifetimeOptions.Default"/>.</value>
    public double TimeBudgetSeconds { get; set; }

    /// <summary>
    /// Known holders, each as <c>Namespace.Type.field: reason</c>, in addition to those of
    /// <see cref="LifetimeOptions.Default"/>: see <see cref="KnownHolder"/>. The test does not fail for an object that
    /// only these holders hold (<see cref="KnownHolder.Fails"/> is false).
    /// </summary>
    /// <value>The default is none.</value>
#pragma warning disable CA1819 // The arguments of an attribute are arrays.
    public string[] KnownHolders { get; set; } = [];
#pragma warning restore CA1819

    static partial void Register();
}
