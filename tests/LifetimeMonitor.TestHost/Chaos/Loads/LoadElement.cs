namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Something that a program does while checks are made. Its text tells the parameters that the seed chose.</summary>
internal abstract class LoadElement
{
    public abstract void Start();

    /// <summary>Ends it. Nothing of it runs afterwards, and what it held is garbage.</summary>
    public abstract void Stop();

    public override string ToString() => Parameters is { Length: > 0 } parameters ? $"{GetType().Name}({parameters})" : GetType().Name;

    /// <summary>
    /// Whether a dump may be written beside it. createdump takes the first stop of a thread that it attaches to for its own; where that was a fault of the processor, its own
    /// stop comes when it is gone, and the whole process stays stopped. It does so without us, too.
    /// </summary>
    public virtual bool AllowsDumps => true;

    protected abstract string Parameters { get; }
}
