using LifetimeMonitoring.Heap.Memory;

namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>
/// A method table and the GC descriptor (GCDesc) below it: src/coreclr/vm/methodtable.h and src/coreclr/gc/gcdesc.h of
/// dotnet/runtime, the same from .NET 8 to 11. <c>Snapshots/Native/search/types.c</c> has the same layout for the
/// search in a clone.
/// <code>
///   [-16] offset and, below it, length of the first run of references
///   [ -8] number of runs; negative for the elements of an array of structs
///   [  0] flags, base size
///   [ 16] parent
///   [ 32] auxiliary data, since .NET 9
///   [ 40] class, or the canonical method table
/// </code>
/// </summary>
internal static class MethodTableLayout
{
    public const uint HasComponentSize = 0x80000000;

    /// <summary>The size of an element, if the type has one.</summary>
    public const uint ComponentSize = 0xffff;

    public const uint ContainsReferences = 0x01000000;

    public const uint Finalizer = 0x00100000;

    public const uint Collectible = 0x00200000;

    public const int ParentOffset = 0x10;

    public const int AuxiliaryDataOffset = 0x20;

    public const int ClassOffset = 0x28;

    /// <summary>In the class: its method table (EEClass::m_pMethodTable).</summary>
    public const int ClassBackPointerOffset = 0x10;

    /// <summary>In the word at <see cref="ClassOffset"/>: it leads to the canonical method table.</summary>
    public const ulong IsCanonicalMethodTable = 1;

    /// <summary>More runs or groups than any type has.</summary>
    public const int MaxRuns = 16 * 1024;

    private const int ObjectSize = 24, StringSize = 22, ArraySize = 24;

    /// <summary>
    /// Whether types of the framework whose layout is known look as expected, or cannot be read. Where they look
    /// different, no reference can be followed. (<c>MethodTableProof</c> is the probe of parent and class.)
    /// </summary>
    public static bool IsAsExpected(ReadMemory read)
    {
        const uint Asked = HasComponentSize | ComponentSize | ContainsReferences | Finalizer | Collectible;
        const uint Sized = HasComponentSize | ComponentSize;
        ulong array = AddressOf(typeof(object[]));
        if (!read.TryRead(AddressOf(typeof(object)), out MethodTableHeader plain)
            || !read.TryRead(AddressOf(typeof(string)), out MethodTableHeader text)
            || !read.TryRead(AddressOf(typeof(WeakReference)), out MethodTableHeader finalizable)
            || !read.TryRead(array, out MethodTableHeader objects)
            || read.ReadPointers(array - (3 * sizeof(ulong)), array) is not [var length, var offset, var runs])
        {
            return true;
        }

        return plain.BaseSize == ObjectSize && (plain.Flags & (Asked & ~ComponentSize)) == 0
            && text.BaseSize == StringSize && (text.Flags & Asked) == (HasComponentSize | sizeof(char))
            // Trimming removes finalizers.
            && (finalizable.Flags & (Asked & ~(ComponentSize | Finalizer))) == 0
            && objects.BaseSize == ArraySize && (objects.Flags & Sized) == (HasComponentSize | sizeof(ulong))
            && (objects.Flags & (Asked & ~Sized)) == ContainsReferences
            && runs == 1 && offset == ObjectLayout.ElementsOffset && (long)length == -ArraySize;
    }

    private static ulong AddressOf(Type type) => (ulong)type.TypeHandle.Value;
}
