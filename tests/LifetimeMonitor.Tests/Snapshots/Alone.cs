namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>Tests beside which no other test runs.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
