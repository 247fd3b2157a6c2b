using LifetimeMonitoring.Heap.Types;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Statics;

/// <summary>
/// Statics before .NET 9. Types keep them elsewhere, and each thread keeps its own in arrays that handles hold. ClrMD
/// then asks every type of every module, which is slow and misses generic instantiations.
/// </summary>
internal sealed class WalkedStatics(ClrRuntime runtime, HeapTypes types)
{
    private readonly Dictionary<ulong, (StaticField Field, int ThreadId)?> _known = [];

    /// <summary>The field at an address, or null; for a thread static with the system's ID of its thread.</summary>
    public (StaticField Field, int ThreadId)? Of(ulong slot, CancellationToken stop)
    {
        if (!_known.TryGetValue(slot, out (StaticField, int)? known)) _known.Add(slot, known = Find(slot, stop));
        return known;
    }

    private (StaticField, int)? Find(ulong slot, CancellationToken stop)
    {
        ClrThread[] threads = [.. runtime.Threads.Where(t => t.IsAlive)];
        foreach (ClrType type in runtime.EnumerateModules().SelectMany(m => m.EnumerateTypesWithStaticFields()))
        {
            if (stop.IsCancellationRequested) return null;
            ClrField? field = type.StaticFields
                .FirstOrDefault(f => !f.IsPrimitive && f.GetAddress(runtime.AppDomains[0]) == slot);
            if (field is not null && StaticField.From(field, types) is { } found) return (found, 0);
            foreach (ClrThreadStaticField candidate in type.ThreadStaticFields.Where(f => !f.IsPrimitive))
            {
                ClrThread? thread = threads.FirstOrDefault(t => candidate.GetAddress(t) == slot);
                if (thread is not null && StaticField.From(candidate, types) is { } own)
                    return (own, (int)thread.OSThreadId);
            }
        }

        return null;
    }
}
