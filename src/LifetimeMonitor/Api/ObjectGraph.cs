using System.Runtime.CompilerServices;
using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Diagnosis;

namespace LifetimeMonitoring;

/// <summary>
/// Finds the path that holds an object, at any time: in a debugger, in a test that explores, in a tool. Collects
/// nothing.
/// </summary>
public static class ObjectGraph
{
    /// <summary>
    /// The shortest path from the nearest garbage-collection root to an object. Statics come before thread statics,
    /// handles and the finalizer queue; stacks come last, so the caller's own variable is the answer only when
    /// nothing else holds the object. Costs a snapshot of the process and a search of its heap.
    /// </summary>
    /// <param name="target">The object.</param>
    /// <param name="options">
    /// The time budget and the snapshots to try; null for <see cref="LifetimeOptions.Default"/>.
    /// </param>
    /// <returns>The path, or why there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static PathSearchResult FindPathToNearestRoot(object target, LifetimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        var weak = new WeakTarget(target);
        PathSearchResult result = LifetimeEngine.Current.Diagnoser.ToNearestRoot(weak, options ?? LifetimeOptions.Default);
        GC.KeepAlive(target);
        GC.KeepAlive(weak);
        return result;
    }

    /// <summary>
    /// The shortest path of references from one object to another. Costs a snapshot of the process and a search of
    /// the objects that the first one reaches.
    /// </summary>
    /// <param name="from">Where the path begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="options">
    /// The time budget and the snapshots to try; null for <see cref="LifetimeOptions.Default"/>.
    /// </param>
    /// <returns>
    /// The path, whose <see cref="RootPath.Kind"/> is <see cref="RootKind.StartingObject"/>, or why there is none.
    /// </returns>
    /// <exception cref="ArgumentNullException">One of the objects is null.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static PathSearchResult FindShortestPath(object from, object to, LifetimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        WeakTarget weakFrom = new(from), weakTo = new(to);
        PathSearchResult result = LifetimeEngine.Current.Diagnoser.Between(weakFrom, weakTo, options ?? LifetimeOptions.Default);
        GC.KeepAlive(from);
        GC.KeepAlive(to);
        GC.KeepAlive(weakFrom);
        GC.KeepAlive(weakTo);
        return result;
    }
}
