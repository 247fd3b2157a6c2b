namespace LifetimeMonitor.Snapshots;

/// <summary>A search inside a clone ended without an answer; the message says why. The clone is of no use any more.</summary>
internal sealed class SearchLostException(string message) : Exception(message);
