namespace LifetimeMonitoring.Heap.Memory;

/// <summary>A range of the garbage-collected heap in which objects lie.</summary>
/// <param name="Start">First address.</param>
/// <param name="End">Address after the last committed byte.</param>
/// <param name="IsPinned">It belongs to the pinned object heap.</param>
internal sealed record Segment(ulong Start, ulong End, bool IsPinned)
{
    /// <summary>Its objects are never collected: string literals, objects that stand for types.</summary>
    public bool IsFrozen { get; init; }

    public ulong Length => End - Start;
}
