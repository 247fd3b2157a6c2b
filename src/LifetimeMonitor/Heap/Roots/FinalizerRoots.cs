using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>Dead objects whose finalizer has not run yet.</summary>
internal static class FinalizerRoots
{
    public static IEnumerable<HeapRoot> Of(DacRuntime runtime, ReadMemory read)
    {
        foreach (AddressRange queue in runtime.FinalizerQueues())
        {
            ulong slot = queue.Start;
            foreach (ulong waiting in read.ReadPointers(queue.Start, queue.End))
            {
                if (waiting != 0) yield return new HeapRoot(RootKind.FinalizerQueue, slot, waiting);
                slot += sizeof(ulong);
            }
        }
    }
}
