namespace LifetimeMonitoring.Graph;

/// <summary>A kept object of a path, and the objects left out after it, toward the target.</summary>
/// <param name="Address">The object.</param>
/// <param name="Kind">The kind of its reference to the next object on the path (<see cref="IReferenceKinds"/>).</param>
internal readonly record struct PathItem(ulong Address, int Kind)
{
    /// <summary>The next object has a reference of the same kind: the reader sees both as one step.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>The number of objects left out after it.</summary>
    public int LeftOut { get; private init; }

    /// <summary>The first of them, which it holds.</summary>
    public ulong First { get; private init; }

    /// <summary>The last of them.</summary>
    public ulong Last { get; private init; }

    /// <summary>One kind of reference leads to each of them.</summary>
    public bool IsUniform { get; private init; }

    /// <summary>The same object with others left out after it.</summary>
    public PathItem WithLeftOut(int count, ulong first, ulong last, bool isUniform) =>
        this with { LeftOut = count, First = first, Last = last, IsUniform = isUniform };
}
