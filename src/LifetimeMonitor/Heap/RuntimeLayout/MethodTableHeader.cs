namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>The first word of a method table (<see cref="MethodTableLayout"/>).</summary>
internal readonly record struct MethodTableHeader(uint Flags, uint BaseSize)
{
    /// <summary>Size of an element of an array or string; 0 otherwise.</summary>
    public uint ElementSize => (Flags & MethodTableLayout.HasComponentSize) != 0
        ? Flags & MethodTableLayout.ComponentSize
        : 0;

    public bool ContainsReferences => (Flags & MethodTableLayout.ContainsReferences) != 0;

    public bool HasFinalizer => (Flags & MethodTableLayout.Finalizer) != 0;

    /// <summary>The type can be unloaded.</summary>
    public bool IsCollectible => (Flags & MethodTableLayout.Collectible) != 0;
}
