namespace LifetimeMonitoring.Graph;

/// <summary>A reference from one object to another.</summary>
/// <param name="Holder">The address of the holding object.</param>
/// <param name="Held">The address of the held object.</param>
internal sealed record Edge(ulong Holder, ulong Held);
