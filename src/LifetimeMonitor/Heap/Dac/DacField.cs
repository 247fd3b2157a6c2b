using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>A field of a type.</summary>
internal sealed class DacField(ClrField inner)
{
    public string? Name => inner.Name;

    public int Offset => inner.Offset;

    public bool IsReference => inner.IsObjectReference;

    public bool IsPrimitive => inner.IsPrimitive;

    public bool IsValueType => inner.IsValueType;

    /// <summary>In bytes. ClrMD resolves the field's type for it, and walks all types of a module for a reference.</summary>
    public int Size => inner.Size;

    public DacType? Type => DacType.Of(inner.Type);

    public DacType? DeclaringType => DacType.Of(inner.ContainingType);
}
