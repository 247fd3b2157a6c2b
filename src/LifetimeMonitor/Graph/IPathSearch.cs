namespace LifetimeMonitor.Graph;

/// <summary>
/// A breadth-first search from roots to targets; what it means is written at <see cref="ShortestPathSearch"/>, the reference.
/// Every other one finds the same paths.
/// </summary>
internal interface IPathSearch
{
    /// <summary>Objects met so far.</summary>
    int Visited { get; }

    /// <summary>What stopped the search before everything reachable was seen; what was found until then stays.</summary>
    SearchStop StoppedBy { get; }

    bool FoundAll { get; }

    /// <summary>
    /// Searches all that is reachable from one more class of roots. Roots are numbered on through the calls, in order; one
    /// that is no object is numbered too.
    /// </summary>
    void SearchFrom(IEnumerable<ulong> roots);

    /// <summary>Goes on behind the targets already found, and behind those that are found now, for targets that only they hold.</summary>
    void SearchBehindTargets();

    /// <summary>
    /// The path to a target, or null when none was found. A very long one is read once more and comes shortened
    /// (<see cref="PathShortener"/>). When time ends before that, it is null, and the search counts as stopped.
    /// </summary>
    ObjectPath? PathTo(ulong target);

    /// <summary>
    /// What would be freed with the target, itself included: all that is reachable from it and not, without it, from the roots. Goes on
    /// from what was searched, to the end of all that is reachable; after that only <see cref="HasOtherHolder"/> may be asked.
    /// </summary>
    /// <param name="target">The only target of a search without cuts.</param>
    /// <param name="roots">All roots; those that were searched from may be among them.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Objects and bytes; null when there was not the time or the memory, or the target is no object.</returns>
    (int Objects, long Bytes)? RetainedBy(ulong target, IEnumerable<ulong> roots, CancellationToken stop);

    /// <summary>
    /// Whether anything but one object refers to the target: a root, or what can be reached without the target. Goes on from what was
    /// searched, to the end of all that is reachable, so that it costs next to nothing after <see cref="RetainedBy"/>; with that the search is over.
    /// </summary>
    /// <param name="target">The only target of a search without cuts, which has been found.</param>
    /// <param name="holder">The one object.</param>
    /// <param name="roots">All roots; those that were searched from may be among them.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Null when there was not the time or the memory, or the search cannot go on.</returns>
    bool? HasOtherHolder(ulong target, ulong holder, IEnumerable<ulong> roots, CancellationToken stop);
}
