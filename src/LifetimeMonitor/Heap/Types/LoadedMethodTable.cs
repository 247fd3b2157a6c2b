namespace LifetimeMonitoring.Heap.Types;

/// <summary>
/// The method table of a type of this process. Layout: MethodTable::m_dwFlags and m_BaseSize of
/// src/coreclr/vm/methodtable.h, the same from .NET 8 to 10.
/// </summary>
internal readonly record struct LoadedMethodTable(uint Flags, int BaseSize)
{
    private const uint HasComponentSize = 0x80000000;
    private const uint Finalizer = 0x00100000;
    private const uint Collectible = 0x00200000;

    /// <summary>Size of an element of an array or string; 0 otherwise.</summary>
    public int ElementSize => (Flags & HasComponentSize) != 0 ? (int)(Flags & 0xffff) : 0;

    public bool HasFinalizer => (Flags & Finalizer) != 0;

    /// <summary>The type can be unloaded.</summary>
    public bool IsCollectible => (Flags & Collectible) != 0;
}
