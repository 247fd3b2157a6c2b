using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Types;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>
/// Whether native code refers to an object of <see cref="ComWrappers"/>; its handle is strong for just that time. The
/// DAC counts the references of built-in COM only. Since .NET 10 the count lies behind a holder in the heap
/// (dotnet/runtime, ComWrappers.cs and ManagedObjectWrapperLayout). Before .NET 10 the count cannot be found.
/// </summary>
internal static class NativeReferences
{
    private const int CountOffset = 8;
    private const ulong References = 0x7FFF_FFFF;
    private static readonly InternalField s_wrapper = new(WrapperOfHolder());

    /// <summary>Null when that is unknown, as for references of a tracker, which count only at times.</summary>
    public static bool? Any(ClrHandle handle, ReadMemory read)
    {
        if (handle.ReferenceCount > 0) return true;
        if (!s_wrapper.TryRead(handle.Object.Address, read, out ulong wrapper)
            || !read.TryRead(wrapper + CountOffset, out ulong count))
        {
            return null;
        }

        return (count & References) != 0 ? true : count == 0 ? false : null;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A field that was trimmed is in no object.")]
    private static FieldInfo? WrapperOfHolder() =>
        typeof(ComWrappers).GetNestedType("ManagedObjectWrapperHolder", BindingFlags.NonPublic)
            ?.GetField("_wrapper", BindingFlags.Instance | BindingFlags.NonPublic);
}
