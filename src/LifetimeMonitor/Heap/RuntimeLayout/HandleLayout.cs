namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>Handles: src/coreclr/gc/gcinterface.h and GCHandle.cs of dotnet/runtime.</summary>
internal static class HandleLayout
{
    /// <summary>
    /// With such a handle .NET 9 and later keep the Type and the statics of a collectible type (dotnet/runtime#100446).
    /// ClrMD 4.2 has no name for it.
    /// </summary>
    public const int WeakInteriorPointer = 10;

    /// <summary>GCHandle sets this bit in the address of a pinned handle.</summary>
    public const ulong IsPinned = 1;
}
