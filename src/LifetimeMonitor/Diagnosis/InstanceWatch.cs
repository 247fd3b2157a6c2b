using LifetimeMonitoring.Collecting;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// Finds the instances of some types that were created after it began. Weak handles remember the earlier instances,
/// because objects move; an instance without such a handle in a later snapshot is new. Where it could not see all
/// instances, it reports none.
/// </summary>
internal sealed class InstanceWatch
{
    private readonly IReadOnlyList<Type> _types;
    private readonly LifetimeOptions _options;
    private readonly IReadOnlyList<WeakTarget> _before;
    private readonly string? _gap;

    /// <summary>Remembers the living instances. Costs a full collection and a snapshot.</summary>
    /// <exception cref="ArgumentException">A type whose instances have no lifetime of their own.</exception>
    public InstanceWatch(IReadOnlyList<Type> types, LifetimeOptions options)
    {
        foreach (Type type in types) Require(type);
        (_types, _options) = (types, options);
        (_before, _gap) = InstanceFinder.Find(types, [], o => new WeakTarget(o), options);
    }

    /// <summary>The monitors of the new instances; or the reason why they are unknown.</summary>
    /// <param name="monitored">The instances to leave out, because they are already watched.</param>
    public (IReadOnlyList<MonitoredObject> New, string? Unknown) FindNew(IEnumerable<WeakTarget> monitored)
    {
        string what =
            $"[MustBeCollected] did not look at instances of {string.Join(", ", _types.Select(Naming.TypeNames.Of))}";
        if (_gap is not null)
            return ([], $"{what}: not all that were alive before the test could be seen ({_gap}).");
        WeakTarget[] known = [.. _before, .. monitored];
        (IReadOnlyList<MonitoredObject> found, string? gap) = InstanceFinder.Find(
            _types, [.. known.Select(k => k.Cell(trackResurrection: true))], MonitoredObject.OfInstance, _options);
        GC.KeepAlive(known);
        // The found instances are new in any case, even if there may be more.
        return (
            found,
            gap is null || found.Count > 0
                ? null
                : $"{what}: not all that are alive after the test could be seen ({gap}).");
    }

    private static void Require(Type? type)
    {
        if (type is null) throw new ArgumentException("[MustBeCollected] was given null among its types.", nameof(type));
        bool isStatic = type.IsAbstract && type.IsSealed;
        if (!type.IsValueType && !type.IsPointer && !type.IsByRef && !type.IsGenericParameter && !isStatic) return;
        throw new ArgumentException(
            $"[MustBeCollected] cannot watch instances of {Naming.TypeNames.Of(type)}: only of classes and interfaces, "
            + "because others have no instances with a lifetime of their own.",
            nameof(type));
    }
}
