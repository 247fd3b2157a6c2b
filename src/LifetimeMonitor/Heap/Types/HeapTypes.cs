using LifetimeMonitor.Heap.Metadata;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap.Types;

/// <summary>The types met while naming; each is looked up once.</summary>
internal sealed class HeapTypes(ClrRuntime runtime, ReadMemory read)
{
    private readonly Dictionary<ulong, HeapType?> _byMethodTable = [];
    private readonly Dictionary<ulong, ModuleMetadata> _modules = [];

    /// <summary>The type of the object at an address. (ClrMD tells the elements of an array type only when it sees an array.)</summary>
    public HeapType? At(ulong address, ulong methodTable) => Known(methodTable, () => runtime.Heap.GetObjectType(address));

    public HeapType? From(ClrType? type)
    {
        if (type is null) return null;
        // Some types have no method table yet, such as that of a field nobody has looked at.
        return type.MethodTable == 0 ? new HeapType(this, type) : Known(type.MethodTable, () => type);
    }

    public ModuleMetadata ModuleOf(ClrType type)
    {
        ulong address = type.Module?.Address ?? 0;
        if (!_modules.TryGetValue(address, out ModuleMetadata? module)) _modules.Add(address, module = ModuleMetadata.Read(type.Module, read));
        return module;
    }

    private HeapType? Known(ulong methodTable, Func<ClrType?> find)
    {
        if (methodTable == 0) return null;
        if (!_byMethodTable.TryGetValue(methodTable, out HeapType? known))
            _byMethodTable.Add(methodTable, known = find() is { } type ? new HeapType(this, type) : null);
        return known;
    }
}
