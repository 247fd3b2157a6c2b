namespace LifetimeMonitoring.Graph;

/// <summary>The cause that ended a search early. The clone uses the first three by number (<c>search/search_state.h</c>).</summary>
internal enum SearchStop
{
    /// <summary>The search saw all reachable objects.</summary>
    None = 0,

    /// <summary>The time ran out.</summary>
    Time = 1,

    /// <summary>The queue was full.</summary>
    Memory = 2,

    /// <summary>The search did not begin, because its memory limit does not even hold the visited set.</summary>
    NoRoomForMarks = 3,
}
