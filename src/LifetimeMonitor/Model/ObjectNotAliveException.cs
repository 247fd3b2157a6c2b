namespace LifetimeMonitoring;

/// <summary>An object that should be alive is dead.</summary>
public sealed class ObjectNotAliveException : LifetimeAssertionException
{
    internal ObjectNotAliveException(LifetimeReport report, string message)
        : base([report], message)
    {
    }
}
