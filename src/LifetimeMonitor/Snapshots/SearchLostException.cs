namespace LifetimeMonitoring.Snapshots;

/// <summary>A search inside a clone ended without an answer; the message says why. The clone is unusable.</summary>
internal sealed class SearchLostException(string message) : Exception(message);
