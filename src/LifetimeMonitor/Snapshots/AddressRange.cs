namespace LifetimeMonitoring.Snapshots;

/// <summary>A stretch of memory.</summary>
/// <param name="Start">First address.</param>
/// <param name="End">The address after the last.</param>
internal sealed record AddressRange(ulong Start, ulong End);
