namespace LifetimeMonitoring.Adapters;

/// <summary>The settings of <c>[MustBeCollected]</c>, with the same names in every adapter.</summary>
internal interface IClaim
{
    IReadOnlyList<Type> Types { get; }

    bool Inherited { get; }

    string? Skip { get; }

    double TimeBudgetSeconds { get; }

    string[] KnownHolders { get; }
}
