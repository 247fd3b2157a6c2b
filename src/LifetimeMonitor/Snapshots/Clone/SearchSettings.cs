namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>How a clone searches itself; fixed before the clone is made.</summary>
internal sealed record SearchSettings
{
    public static SearchSettings Default { get; } = new();

    /// <summary>How the clone reads the heap.</summary>
    public HeapView View { get; init; }

    /// <summary>
    /// The least work, in references, of which a second thread of the clone does half: 0 for the default, the maximum
    /// for never. Null for the default where there are several processors, and never on one.
    /// </summary>
    public ulong? LeastShared { get; init; }

    /// <summary>The memory that the clone may use; null for any.</summary>
    public MemoryLimit? Memory { get; init; }
}
