using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>
/// The count of native references to an object of <see cref="ComWrappers"/>. Since .NET 10 it lies behind a holder in
/// the heap (ComWrappers.cs and ManagedObjectWrapperLayout in dotnet/runtime). Before, and where the holder has no such
/// field, the count cannot be found, and the handle is a possible root.
/// </summary>
internal static class NativeWrapperLayout
{
    public const int CountOffset = 8;

    /// <summary>The bits that count references. The other bits count those of a tracker.</summary>
    public const ulong References = 0x7FFF_FFFF;

    /// <summary>The field that leads from the holder to the count, or null.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A field that was trimmed is in no object.")]
    public static FieldInfo? Wrapper() =>
        typeof(ComWrappers).GetNestedType("ManagedObjectWrapperHolder", BindingFlags.NonPublic)
            ?.GetField("_wrapper", BindingFlags.Instance | BindingFlags.NonPublic);
}
