using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Heap.Statics;

namespace LifetimeMonitoring.Heap;

/// <summary>The memory and the knowledge that the snapshots of this process share.</summary>
/// <param name="scratch">The memory for copies out of snapshots; null for memory of its own.</param>
/// <param name="version">The version of the runtime; null for that of this process.</param>
internal sealed class HeapCaches(ScratchMemory? scratch = null, RuntimeVersion? version = null)
{
    public ScratchMemory Scratch { get; } = scratch ?? ScratchMemory.OfThisSystem();

    public RuntimeVersion Version { get; } = version ?? RuntimeVersion.Current;

    /// <summary>Where types keep their statics, from earlier snapshots.</summary>
    public StaticStorageCache Storages { get; } = new();
}
