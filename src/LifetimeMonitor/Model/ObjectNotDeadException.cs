namespace LifetimeMonitoring;

/// <summary>An object that should be dead is alive. The message shows the path that holds it.</summary>
public sealed class ObjectNotDeadException : LifetimeAssertionException
{
    internal ObjectNotDeadException(IReadOnlyList<LifetimeReport> reports, string message)
        : base(reports, message)
    {
    }
}
