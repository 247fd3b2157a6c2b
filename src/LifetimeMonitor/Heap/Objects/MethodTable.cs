namespace LifetimeMonitoring.Heap.Objects;

/// <summary>The properties of a type that the search needs: its size and the places of its references.</summary>
/// <param name="BaseSize">Size of an object, in bytes, without array elements.</param>
/// <param name="ElementSize">Size of an element of an array or string; 0 otherwise.</param>
/// <param name="Runs">The runs of references at fixed places, as in the runtime's GC descriptor (GCDesc).</param>
/// <param name="Elements">The pattern of references in one element of an array of structs; empty otherwise.</param>
/// <param name="LoaderAllocator">The object that keeps a collectible type loaded; 0 for an ordinary type.</param>
internal sealed record MethodTable(
    uint BaseSize,
    uint ElementSize,
    ReferenceRun[] Runs,
    ElementPattern? Elements,
    ulong LoaderAllocator)
{
    public bool HasReferences => Runs.Length > 0 || Elements is not null;
}

/// <summary>Adjacent references.</summary>
/// <param name="Offset">The offset of the first one from the start of the object.</param>
/// <param name="Length">In bytes, without array elements, whose total length adds to it.</param>
internal readonly record struct ReferenceRun(int Offset, long Length);

/// <summary>The pattern of references in an array of structs.</summary>
/// <param name="Offset">The offset of the first reference from the start of the array.</param>
/// <param name="Groups">A number of references and of bytes to skip after them, repeated.</param>
internal sealed record ElementPattern(long Offset, (int References, int Skip)[] Groups)
{
    /// <summary>In bytes, without the last skip, which may end behind the last element.</summary>
    public int Length { get; } = Groups.Sum(g => (g.References * sizeof(ulong)) + g.Skip) - Groups[^1].Skip;

    /// <summary>Whether an element has a reference at an offset from its first one.</summary>
    public bool IsReference(int offset)
    {
        foreach ((int references, int skip) in Groups)
        {
            if (offset < references * sizeof(ulong)) return offset % sizeof(ulong) == 0;
            offset -= (references * sizeof(ulong)) + skip;
            if (offset < 0) return false;
        }

        return false;
    }
}
