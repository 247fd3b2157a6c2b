namespace LifetimeMonitor.Graph;

/// <summary>
/// A breadth-first search from roots to targets; what it means is written at <see cref="ShortestPathSearch"/>, the reference.
/// Every other one finds the same paths.
/// </summary>
internal interface IPathSearch
{
    /// <summary>Objects met so far.</summary>
    int Visited { get; }

    /// <summary>The search was stopped before everything reachable was seen.</summary>
    bool WasStopped { get; }

    bool FoundAll { get; }

    /// <summary>
    /// Searches all that is reachable from one more class of roots. Roots are numbered on through the calls, in order; one
    /// that is no object is numbered too.
    /// </summary>
    void SearchFrom(IEnumerable<ulong> roots);

    /// <summary>Goes on behind the targets already found, and behind those that are found now, for targets that only they hold.</summary>
    void SearchBehindTargets();

    /// <summary>The path to a target, or null when none was found.</summary>
    ObjectPath? PathTo(ulong target);
}
