using LifetimeMonitoring.Heap.Memory;

namespace LifetimeMonitoring.Tests.Heap;

/// <summary>
/// The scratch memory of all tests that read a heap without a snapshot. One of its own for each example of a property
/// test would take megabytes each.
/// </summary>
internal static class SharedScratch
{
    public static ScratchMemory Memory { get; } = ScratchMemory.OfThisSystem();
}
