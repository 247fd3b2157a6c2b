using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Heap;

/// <summary>
/// The runtime holds an unloading context until the loader allocator of its assemblies dies. So an object that holds
/// the loader allocator holds the context.
/// </summary>
internal sealed class LoadContexts(DacRuntime runtime, ReadMemory read, Func<ulong, HeapType?> typeOf)
{
    /// <summary>The loader allocator of a context's assemblies; 0 for another object or an empty context.</summary>
    public ulong LoaderAllocatorOf(ulong context)
    {
        if (context == 0 || !IsLoadContext(typeOf(context))) return 0;
        foreach (ulong handle in runtime.LoaderAllocatorHandlesOf(context))
        {
            if (read.TryRead(handle, out ulong allocator)) return allocator;
        }

        return 0;
    }

    private static bool IsLoadContext(HeapType? type)
    {
        for (; type is not null; type = type.Base)
        {
            if (type.RuntimeName == FrameworkFields.LoadContext) return true;
        }

        return false;
    }
}
