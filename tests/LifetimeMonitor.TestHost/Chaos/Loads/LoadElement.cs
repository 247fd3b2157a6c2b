namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Work of a program during checks. Its text describes the parameters that the seed chose.</summary>
internal abstract class LoadElement
{
    public abstract void Start();

    /// <summary>Ends it. None of it runs afterwards, and its objects are garbage.</summary>
    public abstract void Stop();

    public override string ToString() => Parameters is { Length: > 0 } parameters ? $"{GetType().Name}({parameters})" : GetType().Name;

    /// <summary>
    /// Whether a dump may be written during it. createdump mistakes the first stop of a thread for the stop by its own
    /// attach. If a processor fault caused the first stop, the other stop comes when createdump is gone, and the whole
    /// process stays stopped, even without our checks.
    /// </summary>
    public virtual bool AllowsDumps => true;

    protected abstract string Parameters { get; }
}
