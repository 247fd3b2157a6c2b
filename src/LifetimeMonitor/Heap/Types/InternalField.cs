using System.Reflection;

namespace LifetimeMonitor.Heap.Types;

/// <summary>
/// A field of a type that the framework keeps to itself, read out of the snapshot's objects. They are told by their method table: to tell a
/// type's name ClrMD copies all metadata of its module.
/// </summary>
/// <param name="field">The field, or null when this framework has none.</param>
internal sealed class InternalField(FieldInfo? field)
{
    private const int HeaderSize = 8;

    /// <summary>Whether the object is of the very type that has the field.</summary>
    public bool IsIn(ulong address, ReadMemory read) =>
        field is not null && read.TryRead(address, out ulong methodTable) && methodTable == (ulong)field.DeclaringType!.TypeHandle.Value;

    /// <summary>Reads the field of an object; false when the object has none, or it cannot be read.</summary>
    public bool TryRead(ulong address, ReadMemory read, out ulong value)
    {
        value = 0;
        return IsIn(address, read) && FieldLayout.IsKnown && read.TryRead(address + HeaderSize + (ulong)FieldLayout.Of(field!).Offset, out value);
    }
}
