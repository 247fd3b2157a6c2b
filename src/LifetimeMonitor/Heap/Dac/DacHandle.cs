using LifetimeMonitoring.Heap.RuntimeLayout;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>A handle of the runtime. A struct, because a program may have very many.</summary>
internal readonly struct DacHandle(ClrHandle handle)
{
    // ClrMD has the runtime's own numbers.
    public HandleKind Kind => (HandleKind)handle.HandleKind;

    public ulong Address => handle.Address;

    /// <summary>The object it refers to; 0 for none.</summary>
    public ulong Target => handle.Object.Address;

    /// <summary>The method table of that object; 0 when it is not known.</summary>
    public ulong MethodTable => handle.Object.Type?.MethodTable ?? 0;

    /// <summary>For a dependent handle: the value, which lives as long as the object.</summary>
    public ulong Dependent => handle.Dependent.Address;

    /// <summary>For a ref-counted handle: the number of references from built-in COM.</summary>
    public uint ReferenceCount => handle.ReferenceCount;
}
