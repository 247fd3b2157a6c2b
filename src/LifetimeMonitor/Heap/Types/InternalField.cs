using System.Reflection;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>
/// An internal field of a framework type, read from the snapshot's objects. The method table identifies the type; to
/// get its name ClrMD would copy all metadata of its module.
/// </summary>
/// <param name="field">The field, or null when this framework has none.</param>
internal sealed class InternalField(FieldInfo? field)
{
    /// <summary>Whether this framework has the field, at a known offset.</summary>
    public bool IsReadable() => field is not null && FieldLayout.IsKnown;

    /// <summary>Whether the object is of exactly the type that declares the field.</summary>
    public bool IsIn(ulong address, ReadMemory read) =>
        field is not null
        && read.TryRead(address, out ulong methodTable)
        && methodTable == (ulong)field.DeclaringType!.TypeHandle.Value;

    /// <summary>Reads the field of an object; false for an object without it, or when the read fails.</summary>
    public bool TryRead(ulong address, ReadMemory read, out ulong value)
    {
        value = 0;
        return IsIn(address, read)
            && FieldLayout.IsKnown
            && read.TryRead(address + ObjectLayout.MethodTableSize + (ulong)FieldLayout.Of(field!).Offset, out value);
    }
}
