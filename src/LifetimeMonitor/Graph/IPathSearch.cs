namespace LifetimeMonitoring.Graph;

/// <summary>
/// A breadth-first search from roots to targets. <see cref="ShortestPathSearch"/> is the reference implementation and
/// documents the meaning; every other implementation finds the same paths.
/// </summary>
internal interface IPathSearch
{
    /// <summary>The number of objects visited so far.</summary>
    int Visited { get; }

    /// <summary>The cause that stopped the search early; the results up to then stay.</summary>
    SearchStop StoppedBy { get; }

    bool FoundAll { get; }

    /// <summary>
    /// Searches all objects reachable from one more class of roots. Roots are numbered in order across the calls; a
    /// root that is not an object also gets a number.
    /// </summary>
    void SearchFrom(IEnumerable<ulong> roots);

    /// <summary>Continues behind all targets found so far or on the way, for targets that only they hold.</summary>
    void SearchBehindTargets();

    /// <summary>
    /// The path to a target, or null when none was found. A very long path is read once more and comes shortened
    /// (<see cref="PathShortener"/>). When the time ends before that, it is null, and the search counts as stopped.
    /// </summary>
    AddressPath? PathTo(ulong target);

    /// <summary>
    /// The retained size: the target, and the objects that would be freed with it because the roots reach them only
    /// through it. Continues the search to all reachable objects; afterwards only <see cref="HasOtherHolder"/> may be
    /// called.
    /// </summary>
    /// <param name="target">The only target of a search without cuts.</param>
    /// <param name="roots">All roots; those that were searched from may be among them.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Objects and bytes; null when time or memory ran out, or the target is not an object.</returns>
    (int Objects, long Bytes)? RetainedBy(ulong target, IEnumerable<ulong> roots, CancellationToken stop);

    /// <summary>
    /// Whether anything but one object refers to the target: a root, or an object reachable without the target.
    /// Continues the search to all reachable objects, so that it costs next to nothing after <see cref="RetainedBy"/>.
    /// It is the last call on the search.
    /// </summary>
    /// <param name="target">The only target of a search without cuts; it has been found.</param>
    /// <param name="holder">The known holder.</param>
    /// <param name="roots">All roots; those that were searched from may be among them.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Null when time or memory ran out, or the search cannot continue.</returns>
    bool? HasOtherHolder(ulong target, ulong holder, IEnumerable<ulong> roots, CancellationToken stop);
}
