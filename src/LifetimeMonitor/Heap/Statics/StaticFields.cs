using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap.Statics;

/// <summary>Finds the static field that lies at an address.</summary>
internal sealed class StaticFields(ClrRuntime runtime, ReadMemory read, StaticStorageCache cache)
{
    private const int NearestTypes = 8;
    private readonly Lazy<IReadOnlyList<StaticStorage>> _fresh = new(() => cache.Refresh(new LoaderHeaps(runtime, read)));

    /// <summary>The static field at an address, or null when none is known to be there.</summary>
    public StaticField? At(ulong slot) => Find(storages => Nearest(storages, slot), type => Match(type.StaticFields, f => f.GetAddress(runtime.AppDomains[0]) == slot));

    /// <summary>The thread static field at an address in the storage of a thread, or null.</summary>
    public StaticField? At(ulong slot, ClrThread thread) => Find(
        storages => storages.Where(s => s.ThreadIndex >= 0).Select(s => s.MethodTable),
        type => Match(type.ThreadStaticFields, f => f.GetAddress(thread) == slot));

    // What was known before, then all of it, then the slow way: ClrMD's, without generic instantiations, for runtimes
    // before .NET 9 and for what changed after.
    private StaticField? Find(Func<IReadOnlyList<StaticStorage>, IEnumerable<ulong>> choose, Func<ClrType, StaticField?> match) =>
        FirstMatch(Types(choose(cache.Known)), match)
        ?? FirstMatch(Types(choose(_fresh.Value)), match)
        ?? FirstMatch(runtime.EnumerateModules().SelectMany(m => m.EnumerateTypesWithStaticFields()), match);

    private static StaticField? FirstMatch(IEnumerable<ClrType> types, Func<ClrType, StaticField?> match) => types.Select(match).FirstOrDefault(f => f is not null);

    private IEnumerable<ClrType> Types(IEnumerable<ulong> methodTables) => methodTables.Select(runtime.GetTypeByMethodTable).OfType<ClrType>();

    // A type's statics lie side by side: the field belongs to the type whose statics begin nearest below it.
    private static IEnumerable<ulong> Nearest(IReadOnlyList<StaticStorage> storages, ulong slot) => storages
        .Where(s => s.Base != 0 && s.Base <= slot)
        .OrderByDescending(s => s.Base)
        .Take(NearestTypes)
        .Select(s => s.MethodTable);

    private static StaticField? Match<TField>(IEnumerable<TField> fields, Func<TField, bool> isAtSlot)
        where TField : ClrField
    {
        TField? field = fields.FirstOrDefault(f => !f.IsPrimitive && isAtSlot(f));
        return field is null ? null : new StaticField(field.ContainingType.Name ?? "?", field.Name ?? "?", field.IsValueType);
    }
}
