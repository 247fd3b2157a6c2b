namespace LifetimeMonitor.Heap.Roots;

/// <summary>Something that holds an object without being an object itself.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Slot">The address of the reference: in a table of statics, a handle, on a stack; 0 for a register.</param>
/// <param name="Object">The object held.</param>
/// <param name="ThreadId">The operating system's id of the thread it belongs to; 0 for none.</param>
internal sealed record HeapRoot(RootKind Kind, ulong Slot, ulong Object, int ThreadId = 0)
{
    /// <summary>For a ref-counted handle: whether it holds its object is not known.</summary>
    public bool IsUnsure { get; init; }

    /// <summary>For a dependent handle: the object it is attached to, which the slot refers to; 0 otherwise.</summary>
    public ulong Key { get; init; }

    /// <summary>For a thread static: the number of its type's storage among those of the thread; -1 otherwise.</summary>
    public int StorageIndex { get; init; } = -1;

    /// <summary>For a thread static: the object its type's thread statics lie in; 0 otherwise.</summary>
    public ulong Storage { get; init; }
}
