using LifetimeMonitor.Heap.Types;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap.Statics;

/// <summary>
/// Before .NET 9 types keep their statics elsewhere, and each thread its own in arrays that handles hold. ClrMD then asks every
/// type of every module, which takes its time and misses generic instantiations.
/// </summary>
internal sealed class WalkedStatics(ClrRuntime runtime, HeapTypes types)
{
    private readonly Dictionary<ulong, (StaticField Field, int ThreadId)?> _known = [];

    /// <summary>The field at an address, and for a thread static the operating system's id of its thread; null when none is found.</summary>
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
            ClrField? field = type.StaticFields.FirstOrDefault(f => !f.IsPrimitive && f.GetAddress(runtime.AppDomains[0]) == slot);
            if (field is not null && StaticField.From(field, types) is { } found) return (found, 0);
            foreach (ClrThreadStaticField candidate in type.ThreadStaticFields.Where(f => !f.IsPrimitive))
            {
                ClrThread? thread = threads.FirstOrDefault(t => candidate.GetAddress(t) == slot);
                if (thread is not null && StaticField.From(candidate, types) is { } own) return (own, (int)thread.OSThreadId);
            }
        }

        return null;
    }
}
