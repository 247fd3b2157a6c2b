namespace LifetimeMonitoring;

/// <summary>A test that should prove something about the objects that it tracks tracked none.</summary>
public sealed class NothingTrackedException : LifetimeAssertionException
{
    internal NothingTrackedException()
        : base(
            [],
            "Nothing was tracked, so nothing is proved. Track the objects that must be collected, with LifetimeScope.Track(x) or "
            + "LifeTimeMonitor.Track(() => …), or remove the claim.")
    {
    }
}
