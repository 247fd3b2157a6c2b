namespace LifetimeMonitor.Graph;

/// <summary>An object that was kept of a path, and what was left out between it and the one that is nearer to the target.</summary>
/// <param name="Address">The object.</param>
/// <param name="Kind">The kind of its reference to the next object on the path (<see cref="IReferenceKinds"/>).</param>
internal readonly record struct PathItem(ulong Address, int Kind)
{
    /// <summary>The next object holds the one behind it in the same field: to the reader both references are one.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>How many objects were left out behind it.</summary>
    public int LeftOut { get; private init; }

    /// <summary>The first of them, which it holds.</summary>
    public ulong First { get; private init; }

    /// <summary>The last of them.</summary>
    public ulong Last { get; private init; }

    /// <summary>All of them are held in the same way.</summary>
    public bool IsUniform { get; private init; }

    /// <summary>The same behind which objects were left out.</summary>
    public PathItem WithLeftOut(int count, ulong first, ulong last, bool isUniform) => this with { LeftOut = count, First = first, Last = last, IsUniform = isUniform };
}
