namespace LifetimeMonitor.Adapters;

/// <summary>What can be set on <c>[MustBeCollected]</c>, by the same names in every adapter.</summary>
internal interface IClaim
{
    IReadOnlyList<Type> Types { get; }

    bool Inherited { get; }

    string? Skip { get; }

    double TimeBudgetSeconds { get; }

    string[] KnownHolders { get; }
}
