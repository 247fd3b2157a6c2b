namespace LifetimeMonitoring.Reports;

/// <summary>How sure a path, or its absence, is.</summary>
public enum PathCertainty
{
    /// <summary>No path was looked for, because the object is dead.</summary>
    NotSought = 0,

    /// <summary>The path is there, and is the shortest of its class.</summary>
    Exact = 1,

    /// <summary>Something could not be read or searched, or was inferred; the reason names it.</summary>
    Partial = 2,

    /// <summary>No path could be looked for; the reason says why, and which setting helps.</summary>
    Unavailable = 3,
}
