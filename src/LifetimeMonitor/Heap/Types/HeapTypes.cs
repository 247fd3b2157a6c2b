using System.Reflection;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Metadata;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>The types met while naming, each looked up once: by reflection if possible, else by the DAC.</summary>
internal sealed class HeapTypes(DacRuntime runtime, ReadMemory read, MethodTableProof proof)
{
    private readonly Dictionary<ulong, HeapType?> _byMethodTable = [];
    private readonly Dictionary<ulong, ModuleMetadata> _modules = [];
    private readonly Dictionary<Assembly, ModuleMetadata> _assemblies = [];

    /// <summary>The type of an object. (ClrMD knows the elements of an array type only from an array.)</summary>
    public HeapType? At(ulong address, ulong methodTable) =>
        Known(methodTable, () => runtime.TypeOfObject(address));

    public HeapType? From(DacType? type)
    {
        if (type is null) return null;
        // Some types have no method table yet, such as that of a field never accessed. For an array type reached
        // through a field, ClrMD does not know the elements.
        return type.MethodTable == 0
            || (type.IsArray && type.Element is null && !IsLoaded(type.MethodTable, out _))
            ? new DebuggedType(this, type)
            : Known(type.MethodTable, () => type);
    }

    /// <summary>A type of this process; null if the snapshot lacks it, or it has no objects, as a pointer.</summary>
    public HeapType? Of(Type? type) => type is null ? null : At((ulong)type.TypeHandle.Value);

    /// <summary>The type of a method table, or null.</summary>
    public HeapType? At(ulong methodTable) => Known(methodTable, () => runtime.TypeOf(methodTable));

    /// <summary>
    /// The type of a struct in a field. For a generic struct ClrMD knows only the shared form, whose fields have other
    /// offsets. Reflection knows the exact form and loads nothing here, because an object with such a struct exists.
    /// </summary>
    public HeapType? StructIn(DacType holder, DacField field)
    {
        HeapType? known = From(field.Type);
        bool isShared = known is null
            || known.RuntimeName.Contains('<', StringComparison.Ordinal)
            || known.RuntimeName.Contains('_', StringComparison.Ordinal);
        if (!isShared || holder.IsCollectible || !proof.Proves(holder.MethodTable)) return known;
        return ExactTypes.OfField(holder.MethodTable, field.Name) is { } exact
            && runtime.TypeOf(exact) is { } found
                ? From(found)
                : known;
    }

    /// <summary>A method by its name in the metadata.</summary>
    public HeapMethod? MethodOf(DacMethod? method) => method is not null && From(method.Type) is { } type
        ? new HeapMethod(type, type.Module.MethodName(method.Token) ?? method.Name ?? "?", method.Token)
        : null;

    public ModuleMetadata ModuleOf(DacType type)
    {
        DacModule? found = type.Module;
        ulong address = found?.Address ?? 0;
        if (!_modules.TryGetValue(address, out ModuleMetadata? module))
            _modules.Add(address, module = ModuleMetadata.Read(found, read, stays: !type.IsCollectible));
        return module;
    }

    /// <summary>The module of a type of this process.</summary>
    public ModuleMetadata ModuleOf(Type type)
    {
        if (!_assemblies.TryGetValue(type.Assembly, out ModuleMetadata? module))
            _assemblies.Add(type.Assembly, module = ModuleMetadata.Of(type.Assembly) ?? ModuleByDac(type));
        return module;
    }

    private ModuleMetadata ModuleByDac(Type type) =>
        runtime.TypeOf((ulong)type.TypeHandle.Value) is { } found
            ? ModuleOf(found)
            : ModuleMetadata.None;

    private HeapType? Known(ulong methodTable, Func<DacType?> find)
    {
        if (methodTable == 0 || !proof.Allows(methodTable)) return null;
        if (!_byMethodTable.TryGetValue(methodTable, out HeapType? known))
            _byMethodTable.Add(methodTable, known = Find(methodTable, find));
        return known;
    }

    private HeapType? Find(ulong methodTable, Func<DacType?> find)
    {
        // It has no metadata, for which reflection and the DAC would look.
        if (ContinuationLayout.OfThisRuntime.Value is { } layout && proof.ProvesContinuation(methodTable))
            return At(layout.Parent) is { } parent ? new ContinuationType(parent, read, methodTable) : null;
        if (IsLoaded(methodTable, out MethodTableHeader table)
            && Type.GetTypeFromHandle(RuntimeTypeHandle.FromIntPtr((nint)methodTable)) is { } loaded)
        {
            return new LoadedType(this, loaded, table);
        }

        return find() is { } type ? new DebuggedType(this, type) : null;
    }

    // A type that cannot be unloaded is still loaded.
    private bool IsLoaded(ulong methodTable, out MethodTableHeader table)
    {
        table = default;
        return proof.Proves(methodTable)
            && FieldLayout.IsKnown
            && read.TryRead(methodTable, out table)
            && !table.IsCollectible;
    }
}
