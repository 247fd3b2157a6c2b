namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>Handles: src/coreclr/gc/gcinterface.h and GCHandle.cs of dotnet/runtime.</summary>
internal static class HandleLayout
{
    /// <summary>GCHandle sets this bit in the address of a pinned handle.</summary>
    public const ulong IsPinned = 1;
}
