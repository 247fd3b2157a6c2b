using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>Dead objects whose finalizer has not run yet.</summary>
internal static class FinalizerRoots
{
    public static IEnumerable<HeapRoot> Of(ClrRuntime runtime, ReadMemory read)
    {
        foreach (ClrSubHeap heap in runtime.Heap.SubHeaps)
        {
            MemoryRange queue = heap.FinalizerQueueRoots;
            ulong slot = queue.Start;
            foreach (ulong waiting in read.ReadPointers(queue.Start, queue.End))
            {
                if (waiting != 0) yield return new HeapRoot(RootKind.FinalizerQueue, slot, waiting);
                slot += sizeof(ulong);
            }
        }
    }
}
