using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>A module and the place of its metadata.</summary>
internal sealed class DacModule(ClrModule module)
{
    public ulong Address => module.Address;

    public string? Name => module.Name;

    /// <summary>It was loaded from a file or from the bytes of one.</summary>
    public bool IsPEFile => module.IsPEFile;

    /// <summary>The program adds types to it while it runs.</summary>
    public bool IsDynamic => module.IsDynamic;

    public ulong MetadataAddress => module.MetadataAddress;

    public ulong MetadataLength => module.MetadataLength;

    public static DacModule? Of(ClrModule? module) => module is null ? null : new DacModule(module);
}
