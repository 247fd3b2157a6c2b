using LifetimeMonitoring.Diagnosis;

namespace LifetimeMonitoring;

public sealed partial class LifetimeScope
{
    /// <summary>Opens a scope that only <see cref="OfFramework"/> can make <see cref="Current"/>.</summary>
    internal static LifetimeScope OpenDetached() => new();

    /// <summary>
    /// From now on instances of these types count as tracked once <see cref="TrackNewInstances"/> finds them.
    /// </summary>
    /// <exception cref="ArgumentException">A type whose instances have no lifetime of their own.</exception>
    internal void WatchInstancesOf(IReadOnlyList<Type> types, LifetimeOptions options) => _instances = new InstanceWatch(types, options);

    /// <summary>
    /// Tracks the instances of the watched types that are new and alive; returns why they could not be told apart, or
    /// null.
    /// </summary>
    internal string? TrackNewInstances()
    {
        if (_instances is null) return null;
        (IReadOnlyList<MonitoredObject> found, string? unknown) = _instances.FindNew(Objects().Select(o => o.Weak));
        foreach (MonitoredObject instance in found) Adopt(instance);
        _instances = null;
        return unknown;
    }

    internal void Adopt(MonitoredObject monitored)
    {
        using (_gate.Enter()) _objects.Add(monitored);
    }

    /// <summary>
    /// Lets go of the objects whose failed assertions have thrown their reports: the test that failed by them has
    /// shown them.
    /// </summary>
    internal void LetGoOfReported()
    {
        using (_gate.Enter()) _released += _objects.RemoveAll(o => o.HasFailed);
    }

    /// <summary>Ends the scope without a check; false when it had ended.</summary>
    internal bool Close()
    {
        using (_gate.Enter())
        {
            if (_isClosed) return false;
            _isClosed = true;
        }

        if (s_current.Value == this) s_current.Value = _outer;
        return true;
    }

    private LifetimeOptions Choose(LifetimeOptions? options) => options ?? _options ?? LifetimeOptions.Default;

    private MonitoredObject[] Objects()
    {
        using (_gate.Enter()) return [.. _objects];
    }

    private MonitoredObject[] Unproven() => [.. Objects().Where(o => !o.HasPassed)];

    private MonitoredObject[] Release()
    {
        using (_gate.Enter())
        {
            MonitoredObject[] objects = [.. _objects.Where(o => !o.HasPassed)];
            _released += _objects.Count;
            _objects.Clear();
            return objects;
        }
    }
}
