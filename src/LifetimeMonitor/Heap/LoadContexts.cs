using LifetimeMonitor.Heap.Types;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap;

/// <summary>
/// A context that is being unloaded is held by the runtime until the loader allocator of its assemblies dies; so who holds
/// that one holds the context.
/// </summary>
internal sealed class LoadContexts(ClrRuntime runtime, ReadMemory read, Func<ulong, HeapType?> typeOf)
{
    /// <summary>The loader allocator of the assemblies in a context, or 0 when the object is none or has loaded nothing.</summary>
    public ulong LoaderAllocatorOf(ulong context)
    {
        if (context == 0 || !IsLoadContext(typeOf(context))) return 0;
        foreach (ClrModule module in runtime.EnumerateModules())
        {
            ClrType? type = module.EnumerateTypeDefToMethodTableMap().Select(t => runtime.GetTypeByMethodTable(t.MethodTable)).FirstOrDefault(t => t is not null);
            if (type is not { IsCollectible: true } || type.AssemblyLoadContextAddress != context) continue;
            if (type.LoaderAllocatorHandle != 0 && read.TryRead(type.LoaderAllocatorHandle, out ulong allocator)) return allocator;
        }

        return 0;
    }

    private static bool IsLoadContext(HeapType? type)
    {
        for (; type is not null; type = type.Base)
        {
            if (type.RuntimeName == "System.Runtime.Loader.AssemblyLoadContext") return true;
        }

        return false;
    }
}
