namespace LifetimeMonitor.Graph;

/// <summary>What ended a search before everything reachable was seen. The clone knows the first three by number (<c>search.c</c>).</summary>
internal enum SearchStop
{
    /// <summary>Nothing: it came to its end.</summary>
    None = 0,

    /// <summary>The time was over.</summary>
    Time = 1,

    /// <summary>There was no more room in its queue.</summary>
    Memory = 2,

    /// <summary>The memory it may take does not even hold its marks; it was not begun.</summary>
    NoRoomForMarks = 3,
}
