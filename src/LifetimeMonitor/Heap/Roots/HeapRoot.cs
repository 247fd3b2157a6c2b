namespace LifetimeMonitoring.Heap.Roots;

/// <summary>A root: it holds an object without being an object itself.</summary>
/// <param name="Kind">The kind of root.</param>
/// <param name="Slot">The address of the reference: in a table of statics, handle or stack; 0 for a register.</param>
/// <param name="Object">The object held.</param>
/// <param name="ThreadId">The operating system's ID of the root's thread; 0 for none.</param>
internal sealed record HeapRoot(RootKind Kind, ulong Slot, ulong Object, int ThreadId = 0)
{
    /// <summary>For a ref-counted handle: it is not known whether the handle holds its object.</summary>
    public bool IsUnsure { get; init; }

    /// <summary>For a dependent handle: the key, to which the slot refers; 0 otherwise.</summary>
    public ulong Key { get; init; }

    /// <summary>For a thread static: the number of its type's storage within the thread; -1 otherwise.</summary>
    public int StorageIndex { get; init; } = -1;

    /// <summary>For a thread static: the object that holds its type's thread statics; 0 otherwise.</summary>
    public ulong Storage { get; init; }
}
