using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Roots;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>All instances of some types that are reachable in one snapshot.</summary>
internal sealed class InstanceCensus
{
    private const int MaxWalkedStacks = 8;

    private InstanceCensus(IReadOnlyList<ulong> instances, string? gap) => (Instances, Gap) = (instances, gap);

    /// <summary>The certain instances, without those that only a stack scan found.</summary>
    public IReadOnlyList<ulong> Instances { get; }

    /// <summary>The reason why there may be more; null when the list is complete.</summary>
    public string? Gap { get; }

    public static InstanceCensus Take(
        SnapshotHeap heap,
        StackRoots stacks,
        Func<ulong, bool> isInstance,
        CancellationToken stop)
    {
        if (!heap.IsSearchable) return new InstanceCensus([], heap.Doubt);
        if (!heap.SearchMemory.HoldsMarks)
            return new InstanceCensus([], StopReason.Of(SearchStop.NoRoomForMarks, visited: 0, heap.Graph.SlotCount));
        for (int i = 0; ; i++)
        {
            int unreadableBefore = heap.Unreadable;
            var traversal = new Traversal(heap.Graph, stop, heap.SearchMemory.Entries);
            List<ulong> instances = [.. traversal.From(RootedSearch.HeldObjects(heap)).Where(isInstance)];
            // The count ends here, because memory behind a stale word on a stack may be garbage.
            int unreadable = heap.Unreadable - unreadableBefore;
            bool asked = false;
            var unsure = new List<ulong>();
            foreach (HeapRoot root in stacks.Roots())
            {
                ulong[] held = [.. traversal.From([root.Object]).Where(isInstance)];
                if (held.Length == 0) continue;
                bool isConfirmed = stacks.IsConfirmed(root);
                (isConfirmed ? instances : unsure).AddRange(held);
                // The runtime's answer replaces the scan. Then the census starts again.
                asked |= !isConfirmed && stacks.TryRefute(root);
                asked |= !isConfirmed && stacks.IsConfirmed(root);
            }

            if (!asked || i == MaxWalkedStacks)
                return new InstanceCensus(instances, GapIn(heap, traversal.StoppedBy, unreadable, unsure.Count));
        }
    }

    private static string? GapIn(SnapshotHeap heap, SearchStop stoppedBy, int unreadable, int unsure)
    {
        if (stoppedBy != SearchStop.None)
            return $"the {(stoppedBy == SearchStop.Time ? "time" : "memory")} budget ended before all objects were seen";
        if (heap.HidesHandles)
            return "Server GC with DATAS hides handles from debuggers (dotnet/runtime#124872): set "
                + "DOTNET_GCDynamicAdaptationMode=0";
        if (heap.Doubt is { } doubt) return doubt;
        if (unreadable > 0) return Quantity.Of(unreadable, "object", "objects") + " could not be read";
        if (!heap.Stacks.CanScan) return "stacks cannot be scanned on this runtime";
        if (unsure > 0) return $"the stacks of running threads may hold {Quantity.Of(unsure)} of them";
        return null;
    }
}
