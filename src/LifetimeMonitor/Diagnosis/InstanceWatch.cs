using LifetimeMonitor.Collecting;

namespace LifetimeMonitor.Diagnosis;

/// <summary>
/// Tells which instances of some types came to be after it began. Those that were alive before are remembered by weak handles, because
/// objects move; what no such handle leads to in a later snapshot is new. Where not all of them could be seen, nobody is accused.
/// </summary>
internal sealed class InstanceWatch
{
    private readonly IReadOnlyList<Type> _types;
    private readonly LifetimeOptions _options;
    private readonly IReadOnlyList<WeakTarget> _before;
    private readonly string? _gap;

    /// <summary>Remembers the instances that are alive. Costs a full collection and a snapshot.</summary>
    /// <exception cref="ArgumentException">A type whose instances have no lifetime of their own.</exception>
    public InstanceWatch(IReadOnlyList<Type> types, LifetimeOptions options)
    {
        foreach (Type type in types) Require(type);
        (_types, _options) = (types, options);
        (_before, _gap) = InstanceFinder.Find(types, [], o => new WeakTarget(o), options);
    }

    /// <summary>Monitors of the instances that were not there before; or why it cannot be told which those are.</summary>
    /// <param name="monitored">Those that somebody watches already are left out.</param>
    public (IReadOnlyList<LifeTimeMonitor> New, string? Unknown) FindNew(IEnumerable<WeakTarget> monitored)
    {
        string what = $"[MustBeCollected] did not look at instances of {string.Join(", ", _types.Select(Naming.TypeNames.Of))}";
        if (_gap is not null) return ([], $"{what}: not all that were alive before the test could be seen ({_gap}).");
        WeakTarget[] known = [.. _before, .. monitored];
        (IReadOnlyList<LifeTimeMonitor> found, string? gap) = InstanceFinder.Find(
            _types, [.. known.Select(k => k.Cell(trackResurrection: true))], LifeTimeMonitor.OfInstance, _options);
        GC.KeepAlive(known);
        // What was found is new all the same: that there may be more is no doubt about these.
        return (found, gap is null || found.Count > 0 ? null : $"{what}: not all that are alive after the test could be seen ({gap}).");
    }

    private static void Require(Type? type)
    {
        if (type is null) throw new ArgumentException("[MustBeCollected] was given null among its types.", nameof(type));
        bool isStatic = type.IsAbstract && type.IsSealed;
        if (!type.IsValueType && !type.IsPointer && !type.IsByRef && !type.IsGenericParameter && !isStatic) return;
        throw new ArgumentException(
            $"[MustBeCollected] cannot watch instances of {Naming.TypeNames.Of(type)}: only of classes and interfaces, because others have no instances with a lifetime of their own.",
            nameof(type));
    }
}
