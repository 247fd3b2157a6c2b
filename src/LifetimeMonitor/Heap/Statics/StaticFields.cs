using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Heap.Statics;

/// <summary>
/// Finds the static field at an address. Its type is the one whose statics begin at or nearest below that address; the
/// type knows the field's offset. (ClrMD's own addresses do not suffice: it has none for a type whose static
/// constructor is still running, although the type's fields already hold objects.)
/// </summary>
internal sealed class StaticFields(DacRuntime runtime, ReadMemory read, HeapTypes types, StaticStorageCache cache)
{
    private const int NearestTypes = 8;
    private readonly Lazy<IReadOnlyList<StaticStorage>> _fresh =
        new(() => cache.Refresh(LoaderHeaps.In(runtime, read)));

    private readonly WalkedStatics _walked = new(runtime, types);

    /// <summary>The static or thread static field of a root, or null when none is known.</summary>
    public StaticField? Of(HeapRoot root, CancellationToken stop) =>
        FirstMatch(root, cache.Known)
        ?? FirstMatch(root, _fresh.Value)
        ?? (_fresh.Value.Count == 0 ? _walked.Of(root.Slot, stop)?.Field : null);

    /// <summary>Before .NET 9: the thread whose thread static lies at an address, or null when none is known.</summary>
    public int? ThreadOf(ulong slot, CancellationToken stop) =>
        _fresh.Value.Count == 0 && _walked.Of(slot, stop) is { ThreadId: > 0 and var thread } ? thread : null;

    private StaticField? FirstMatch(HeapRoot root, IReadOnlyList<StaticStorage> storages) =>
        root.Kind == RootKind.ThreadStaticField
            ? storages.Where(s => s.ThreadIndex == root.StorageIndex)
                .Select(s => Match(s, root.Slot - root.Storage, isThreadStatic: true))
                .FirstOrDefault(f => f is not null)
            : Nearest(storages, root.Slot)
                .Select(s => Match(s, root.Slot - s.Base, isThreadStatic: false))
                .FirstOrDefault(f => f is not null);

    // A type's statics are adjacent: the field belongs to the type whose statics begin nearest below it.
    private static IEnumerable<StaticStorage> Nearest(IReadOnlyList<StaticStorage> storages, ulong slot)
    {
        int low = 0, high = storages.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (storages[middle].Base <= slot) low = middle + 1;
            else high = middle;
        }

        for (int i = low - 1; i >= Math.Max(low - NearestTypes, 0) && storages[i].Base != 0; i--)
            yield return storages[i];
    }

    private StaticField? Match(StaticStorage storage, ulong offset, bool isThreadStatic) =>
        StaticStorages.Confirms(read, storage, isThreadStatic)
        && types.At(storage.MethodTable) is { } type
        && type.Statics.FirstOrDefault(f =>
            f.IsThreadStatic == isThreadStatic && (ulong)f.Offset == offset) is { } field
            ? new StaticField(type, field.Name ?? "?", field.IsStruct)
            : null;
}
