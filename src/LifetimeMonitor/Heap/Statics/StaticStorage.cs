using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Heap.Statics;

/// <summary>The place where a type keeps its statics.</summary>
/// <param name="MethodTable">The type.</param>
/// <param name="Base">Address of the first static field that is a reference or a struct; 0 for none.</param>
/// <param name="ThreadIndex">The number of the type's storage within each thread; -1 for none.</param>
/// <param name="AuxiliaryData">Address of the type's auxiliary data, which this record precedes.</param>
internal sealed record StaticStorage(ulong MethodTable, ulong Base, int ThreadIndex, ulong AuxiliaryData);

/// <summary>A static field that holds an object.</summary>
/// <param name="DeclaringType">Its type, with its arguments.</param>
/// <param name="Name">As in the metadata.</param>
/// <param name="IsBoxedStruct">Its value is a struct; the runtime keeps it in a box, which is the held object.</param>
internal sealed record StaticField(HeapType DeclaringType, string Name, bool IsBoxedStruct)
{
    public static StaticField? From(DacField field, HeapTypes types) =>
        types.From(field.DeclaringType) is { } declaring
            ? new StaticField(declaring, field.Name ?? "?", field.IsValueType)
            : null;
}
