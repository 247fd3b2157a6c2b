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
    public static string? Of(SnapshotHeap heap, HandleTable handles, bool threadStaticsAreMissing) =>
        !heap.IsSearchable ? "the method tables of this runtime are not laid out as expected"
        : heap.Version.Doubt is { } unknown ? unknown
        : !heap.HidesHandles && handles.StaticTables.Count == 0 ? "the static fields were not found in this runtime"
        : handles.LacksCollectibleStatics ? "the statics of collectible types were not found in this runtime"
        : threadStaticsAreMissing && heap.Version.KeepsThreadStaticsInThread
            ? "the thread statics were not found in this runtime"
        : null;
}
