using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>A method.</summary>
internal sealed class DacMethod(ClrMethod method)
{
    public DacType? Type => DacType.Of(method.Type);

    /// <summary>
    /// Its name, cut out of the signature at the last dot, although <c>&lt;.ctor&gt;b__0</c> and the type arguments of
    /// a generic method contain dots. The metadata has the exact name.
    /// </summary>
    public string? Name => method.Name;

    /// <summary>The token of its definition in the metadata.</summary>
    public int Token => method.MetadataToken;

    public static DacMethod? Of(ClrMethod? method) => method is null ? null : new DacMethod(method);
}
