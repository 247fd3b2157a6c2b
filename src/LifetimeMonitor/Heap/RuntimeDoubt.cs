using LifetimeMonitoring.Heap.Roots;

namespace LifetimeMonitoring.Heap;

/// <summary>
/// The reason why no path of a snapshot is exact: the runtime is newer than the known ones, or one of its structures
/// is not as expected. Roots that were not read yet are not doubted.
/// </summary>
internal static class RuntimeDoubt
{
    /// <summary>Null on a known runtime.</summary>
    /// <param name="heap">The snapshot.</param>
    /// <param name="handles">Its handles.</param>
    /// <param name="threadStaticsAreMissing">Thread statics were read, and no thread had any.</param>
    public static string? Of(SnapshotHeap heap, HandleTable handles, bool threadStaticsAreMissing)
    {
        if (!heap.IsSearchable) return "the method tables of this runtime are not laid out as expected";
        if (heap.Version.Doubt is { } unknown) return unknown;
        string? missing = !heap.HidesHandles && handles.StaticTables.Count == 0 ? "static fields"
            : handles.LacksCollectibleStatics ? "statics of collectible types"
            : threadStaticsAreMissing && heap.Version.KeepsThreadStaticsInThread ? "thread statics"
            : null;
        // In a lost snapshot nothing is found on any runtime.
        return missing is null || heap.Loss is not null ? null : $"the {missing} were not found in this runtime";
    }
}
