using System.Reflection;
using System.Runtime.CompilerServices;

namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>
/// The runtime's kinds of field contents (ECMA-335, II.23.1.16), as far as this code distinguishes them. All references
/// are <see cref="Class"/>.
/// </summary>
internal enum CorElementType
{
    None = 0,
    ValueType = 0x11,
    Class = 0x12,
}

/// <summary>
/// The offsets of fields in types of this process. Reflection does not expose them, but its handle of a field is the
/// address of the runtime's FieldDesc (src/coreclr/vm/field.h). Its last word holds the offset in 27 bits and the type
/// in five, the same from .NET 8 to 11. A check against fields with measurable offsets confirms this layout once.
/// </summary>
internal static class FieldLayout
{
    private const int WordOffset = 12, OffsetBits = 27;

    private static readonly Lazy<bool> s_isKnown = new(() => Probe.IsAsMeasured());

    /// <summary>Whether this runtime has the known layout.</summary>
    public static bool IsKnown => s_isKnown.Value;

    /// <summary>The offset from the start of the object's first field, in bytes, and the contents' kind.</summary>
    public static unsafe (int Offset, CorElementType Type) Of(FieldInfo field)
    {
        uint word = *(uint*)(field.FieldHandle.Value + WordOffset);
        return ((int)(word & ((1u << OffsetBits) - 1)), (CorElementType)(word >> OffsetBits));
    }

    private sealed class Probe
    {
        private byte _first;
        private object? _reference;
        private Guid _structure;
        private long _number;

        public static bool IsAsMeasured()
        {
            var probe = new Probe();
            ref byte start = ref Unsafe.As<Data>(probe).First;
            return Is(nameof(_first), ref start, ref probe._first)
                && Is(
                    nameof(_reference),
                    ref start,
                    ref Unsafe.As<object?, byte>(ref probe._reference),
                    CorElementType.Class)
                && Is(
                    nameof(_structure),
                    ref start,
                    ref Unsafe.As<Guid, byte>(ref probe._structure),
                    CorElementType.ValueType)
                && Is(nameof(_number), ref start, ref Unsafe.As<long, byte>(ref probe._number));
        }

        private static bool Is(string name, ref byte start, ref byte field, CorElementType type = CorElementType.None)
        {
            if (typeof(Probe).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) is not { } found)
                return false;
            (int offset, CorElementType element) = Of(found);
            bool isOfType = type == CorElementType.None
                ? element is not (CorElementType.Class or CorElementType.ValueType)
                : element == type;
            return isOfType && offset == (int)Unsafe.ByteOffset(ref start, ref field);
        }
    }

    // Any object, seen from its first field.
    private sealed class Data
    {
        public byte First;
    }
}
