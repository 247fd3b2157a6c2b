namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Something that a program does while checks are made. Its text tells the parameters that the seed chose.</summary>
internal abstract class LoadElement
{
    public abstract void Start();

    /// <summary>Ends it. Nothing of it runs afterwards, and what it held is garbage.</summary>
    public abstract void Stop();

    public override string ToString() => Parameters is { Length: > 0 } parameters ? $"{GetType().Name}({parameters})" : GetType().Name;

    protected abstract string Parameters { get; }
}
