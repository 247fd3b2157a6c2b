using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Heap.Statics;

/// <summary>
/// Statics before .NET 9. Types keep them elsewhere, and each thread keeps its own in arrays that handles hold. ClrMD
/// then asks every type of every module, which is slow and misses generic instantiations.
/// </summary>
internal sealed class WalkedStatics(DacRuntime runtime, HeapTypes types)
{
    private readonly Dictionary<ulong, (StaticField Field, int ThreadId)?> _known = [];

    /// <summary>The field at an address, or null; for a thread static with the system's ID of its thread.</summary>
    public (StaticField Field, int ThreadId)? Of(ulong slot, CancellationToken stop)
    {
        if (!_known.TryGetValue(slot, out (StaticField, int)? known)) _known.Add(slot, known = Find(slot, stop));
        return known;
    }

    private (StaticField, int)? Find(ulong slot, CancellationToken stop) =>
        runtime.TryFindStatic(slot, stop, out DacField? field, out int threadId)
        && StaticField.From(field, types) is { } found
            ? (found, threadId)
            : null;
}
