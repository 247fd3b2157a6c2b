namespace LifetimeMonitoring.Graph;

/// <summary>Objects and their references, as the search sees them: only addresses.</summary>
internal interface IObjectGraph
{
    /// <summary>Exclusive upper bound of <see cref="SlotOf"/>.</summary>
    long SlotCount { get; }

    /// <summary>A dense number for the place of an object; -1 for an address that cannot be an object.</summary>
    long SlotOf(ulong address);

    /// <summary>
    /// Adds references of an object to <paramref name="references"/>, in the order of its fields. A large array comes
    /// in blocks: call again with the same <paramref name="cursor"/> (0 at first) until the result is false.
    /// Garbage adds nothing. Some of the added addresses may not be objects.
    /// </summary>
    bool ReadReferences(ulong address, ref long cursor, ReferenceBuffer references);

    /// <summary>The size of an object in bytes; 0 for garbage.</summary>
    long SizeOf(ulong address);
}
