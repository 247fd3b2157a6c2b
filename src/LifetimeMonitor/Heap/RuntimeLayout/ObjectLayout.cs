namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>
/// An object in memory: src/coreclr/vm/object.h of dotnet/runtime for 64-bit processes, the same from .NET 8 to 11.
/// <code>
///   [-8] the header with lock and hash code, which counts in the object's size
///   [ 0] method table
///   [ 8] the first field; the length of an array or string
///   [12] the characters of a string
///   [16] the elements of an array; the lengths, then the lower bounds of a multidimensional one
/// </code>
/// </summary>
internal static class ObjectLayout
{
    /// <summary>The size of the method table's address, which comes before the fields.</summary>
    public const int MethodTableSize = 8;

    public const int LengthOffset = 8;

    public const int CharactersOffset = 12;

    public const int ElementsOffset = 16;

    /// <summary>The bytes that tell an object's type, and the length of an array or string.</summary>
    public const int TypeAndLengthSize = 16;

    /// <summary>A boxed struct also has the header and the method table.</summary>
    public const int BoxSize = 16;

    /// <summary>The smallest base size that the search accepts.</summary>
    public const int MinSize = 16;

    public const int Alignment = 8;

    /// <summary>The collector may have set marks in the lowest bits of the method table's address.</summary>
    public const ulong CollectorsMarks = 7;
}
