using LifetimeMonitor.Adapters;

// Each adapter has an attribute of its own: the base it needs is its framework's, what can be set on it is not.
#if FOR_MSTEST
namespace LifetimeMonitor.MSTest;
#elif FOR_NUNIT
namespace LifetimeMonitor.NUnit;
#elif FOR_TUNIT
namespace LifetimeMonitor.TUnit;
#elif FOR_XUNIT_V3
namespace LifetimeMonitor.XunitV3;
#else
namespace LifetimeMonitor.Xunit;
#endif

public sealed partial class MustBeCollectedAttribute : IClaim
{
    /// <summary>Claims that what the tests track is collected, and so are the instances of some types that they make.</summary>
    /// <param name="types">The types: see <see cref="Types"/>. None: what is tracked, only.</param>
    public MustBeCollectedAttribute(params Type[] types)
    {
        Types = types ?? [];
        Register();
    }

    /// <summary>
    /// Types whose instances the test must not leave alive: classes and interfaces, with what derives from or implements them; an open generic type
    /// stands for all that is constructed of it. An instance that was alive before the test is never blamed, also when it moved. What another
    /// test makes at the same time cannot be told from what this one makes: run such tests alone, by the switch of the framework
    /// (xunit: a collection with <c>DisableParallelization</c>; NUnit: <c>[NonParallelizable]</c>; MSTest: <c>[DoNotParallelize]</c>; TUnit:
    /// <c>[NotInParallel]</c>). Costs two snapshots of the process for each test. Where that cannot be had (anywhere but on Linux x64),
    /// the instances are not looked at, and the output of the test says so.
    /// </summary>
    public IReadOnlyList<Type> Types { get; }

    /// <summary>Whether the attribute on a class or a method counts for what derives from or overrides it.</summary>
    /// <value>The default is true.</value>
    public bool Inherited { get; set; } = true;

    /// <summary>Why the test is not to be checked for now; it runs, and its output says so.</summary>
    /// <value>The default is null: it is checked.</value>
    public string? Skip { get; set; }

    /// <summary>The most a failing check may take, in seconds: <see cref="LifetimeOptions.TimeBudget"/>.</summary>
    /// <value>The default is 0: that of <see cref="LifetimeOptions.Default"/>.</value>
    public double TimeBudgetSeconds { get; set; }

    /// <summary>
    /// Holders that are known and not to be blamed, each as <c>Namespace.Type.field: reason</c>, in addition to those of
    /// <see cref="LifetimeOptions.Default"/>: see <see cref="KnownHolder"/>.
    /// </summary>
    /// <value>The default is none.</value>
#pragma warning disable CA1819 // The arguments of an attribute are arrays.
    public string[] KnownHolders { get; set; } = [];
#pragma warning restore CA1819

    static partial void Register();
}
