using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>The reason why a search did not see everything, in words.</summary>
internal static class StopReason
{
    private const long BytesPerSlot = 8, BytesPerMegabyte = 1 << 20;

    /// <param name="stop">The cause of the stop.</param>
    /// <param name="visited">The number of objects visited until then.</param>
    /// <param name="slotCount">The number of places for objects in the heap.</param>
    /// <returns>Null when the search ended by itself.</returns>
    public static string? Of(SearchStop stop, int visited, long slotCount) => stop switch
    {
        SearchStop.None => null,
        SearchStop.Time => $"the time budget ended after {Quantity.Of(visited, "object", "objects")}",
        SearchStop.Memory => $"the memory budget ended after {Quantity.Of(visited, "object", "objects")}",
        _ => "the memory budget is too small for a heap of "
            + $"{Quantity.Of(Math.Max(1, slotCount * BytesPerSlot / BytesPerMegabyte))} MB",
    };
}
