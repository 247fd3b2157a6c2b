namespace LifetimeMonitor.Graph;

/// <summary>A reference from one object to another.</summary>
/// <param name="Holder">Address of the one that holds.</param>
/// <param name="Held">Address of the other.</param>
internal sealed record Edge(ulong Holder, ulong Held);
