namespace LifetimeMonitor.Heap.Types;

/// <summary>What the search needs of a type: its size and where its references are.</summary>
/// <param name="BaseSize">Size of an object, in bytes, without array elements.</param>
/// <param name="ElementSize">Size of an element of an array or string; 0 otherwise.</param>
/// <param name="Runs">References at fixed places: each run of them, as the runtime's GCDesc has it.</param>
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

/// <summary>References side by side.</summary>
/// <param name="Offset">Of the first, from the start of the object.</param>
/// <param name="Length">In bytes, without array elements: an array's run is as much longer as the array is.</param>
internal readonly record struct ReferenceRun(int Offset, long Length);

/// <summary>How references lie in an array of structs.</summary>
/// <param name="Offset">Of the first reference, from the start of the array.</param>
/// <param name="Groups">So many references, then so many bytes to skip, over and over.</param>
internal sealed record ElementPattern(long Offset, (int References, int Skip)[] Groups)
{
    /// <summary>In bytes, without those to skip at the end, which may lie behind the last element.</summary>
    public int Length { get; } = Groups.Sum(g => (g.References * sizeof(ulong)) + g.Skip) - Groups[^1].Skip;

    /// <summary>Whether a reference lies so many bytes behind the first one of an element.</summary>
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
