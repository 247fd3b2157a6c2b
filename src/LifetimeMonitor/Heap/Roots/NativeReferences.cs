using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>
/// Whether native code refers to an object of <see cref="ComWrappers"/>; its handle is strong for just that time. The
/// DAC counts the references of built-in COM only; the count of other objects is in <see cref="NativeWrapperLayout"/>.
/// </summary>
internal static class NativeReferences
{
    private static readonly InternalField s_wrapper = new(NativeWrapperLayout.Wrapper());

    /// <summary>Null when that is unknown, as for references of a tracker, which count only at times.</summary>
    public static bool? Any(DacHandle handle, ReadMemory read)
    {
        if (handle.ReferenceCount > 0) return true;
        if (!s_wrapper.TryRead(handle.Target, read, out ulong wrapper)
            || !read.TryRead(wrapper + NativeWrapperLayout.CountOffset, out ulong count))
        {
            return null;
        }

        return (count & NativeWrapperLayout.References) != 0 ? true : count == 0 ? false : null;
    }
}
