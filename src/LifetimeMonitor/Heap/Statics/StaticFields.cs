using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap.Statics;

/// <summary>Finds the static field that lies at an address.</summary>
internal sealed class StaticFields
{
    private readonly ClrRuntime _runtime;
    private readonly Lazy<StaticStorage[]> _storages;

    public StaticFields(ClrRuntime runtime, ReadMemory read)
    {
        _runtime = runtime;
        _storages = new Lazy<StaticStorage[]>(() => [.. StaticStorages.In(new LoaderHeaps(runtime, read))]);
    }

    /// <summary>The static field at an address, or null when none is known to be there.</summary>
    public StaticField? At(ulong slot)
    {
        // The bases are in the order of the addresses: the field belongs to the nearest one below, first of all.
        IEnumerable<ulong> likely = _storages.Value
            .Where(s => s.Base != 0 && s.Base <= slot)
            .OrderByDescending(s => s.Base)
            .Select(s => s.MethodTable)
            .Take(8);
        return likely.Concat(DefinedTypes()).Select(t => Match(t, slot)).FirstOrDefault(f => f is not null);
    }

    /// <summary>The thread static field at an address in the storage of a thread, or null.</summary>
    public StaticField? At(ulong slot, ClrThread thread)
    {
        IEnumerable<ulong> likely = _storages.Value.Where(s => s.ThreadIndex >= 0).Select(s => s.MethodTable);
        return likely.Concat(DefinedTypes()).Select(t => Match(t, slot, thread)).FirstOrDefault(f => f is not null);
    }

    // The slow way, for runtimes before .NET 9 and for what changed after: all types, without generic instantiations.
    private IEnumerable<ulong> DefinedTypes() => _runtime.EnumerateModules()
        .SelectMany(m => m.EnumerateTypesWithStaticFields())
        .Select(t => t.MethodTable);

    private StaticField? Match(ulong methodTable, ulong slot)
    {
        if (_runtime.GetTypeByMethodTable(methodTable) is not { } type) return null;
        ClrStaticField? field = type.StaticFields.FirstOrDefault(f => HoldsObject(f) && f.GetAddress(_runtime.AppDomains[0]) == slot);
        return field is null ? null : new StaticField(type.Name ?? "?", field.Name ?? "?", field.IsValueType);
    }

    private StaticField? Match(ulong methodTable, ulong slot, ClrThread thread)
    {
        if (_runtime.GetTypeByMethodTable(methodTable) is not { } type) return null;
        ClrThreadStaticField? field = type.ThreadStaticFields.FirstOrDefault(f => HoldsObject(f) && f.GetAddress(thread) == slot);
        return field is null ? null : new StaticField(type.Name ?? "?", field.Name ?? "?", field.IsValueType);
    }

    private static bool HoldsObject(ClrField field) => !field.IsPrimitive;
}
