using LifetimeMonitor.Graph;

namespace LifetimeMonitor.Diagnosis;

/// <summary>Why a search did not see everything, in words.</summary>
internal static class StopReason
{
    private const long BytesPerSlot = 8, BytesPerMegabyte = 1 << 20;

    /// <param name="stop">What stopped it.</param>
    /// <param name="visited">Objects it had met.</param>
    /// <param name="slotCount">Places for objects in the heap.</param>
    /// <returns>Null when nothing stopped it.</returns>
    public static string? Of(SearchStop stop, int visited, long slotCount) => stop switch
    {
        SearchStop.None => null,
        SearchStop.Time => $"the time budget ended after {Quantity.Of(visited, "object", "objects")}",
        SearchStop.Memory => $"the memory budget ended after {Quantity.Of(visited, "object", "objects")}",
        _ => $"the memory budget is too small for a heap of {Quantity.Of(Math.Max(1, slotCount * BytesPerSlot / BytesPerMegabyte))} MB",
    };
}
