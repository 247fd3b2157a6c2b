namespace LifetimeMonitoring.Heap.Types;

/// <summary>A field of a type. Its slow properties are computed on demand.</summary>
/// <param name="Name">As in the metadata; null when it is not known.</param>
/// <param name="Offset">From the start of the first field of the object.</param>
/// <param name="IsReference">It holds a reference.</param>
/// <param name="IsStruct">It holds a struct other than a number or the like.</param>
internal sealed record TypeField(string? Name, int Offset, bool IsReference, bool IsStruct)
{
    /// <summary>In bytes; at least 1.</summary>
    public required Func<int> Size { get; init; }

    /// <summary>The type of a field that is no reference, or null.</summary>
    public required Func<HeapType?> Type { get; init; }

    public required Func<HeapType?> DeclaringType { get; init; }
}

/// <summary>A static field that holds a reference or a struct.</summary>
/// <param name="Name">As in the metadata; null when it is not known.</param>
/// <param name="Offset">From the start of the type's static storage, or of that of each thread.</param>
/// <param name="IsStruct">It holds a struct; the runtime keeps it in a box.</param>
/// <param name="IsThreadStatic">Each thread has its own.</param>
internal sealed record TypeStatic(string? Name, int Offset, bool IsStruct, bool IsThreadStatic);
