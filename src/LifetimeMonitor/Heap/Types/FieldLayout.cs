using System.Reflection;
using System.Runtime.CompilerServices;

namespace LifetimeMonitor.Heap.Types;

/// <summary>What a field holds, in the runtime's words (ECMA-335, II.23.1.16); only what is told apart here. All references are <see cref="Class"/>.</summary>
internal enum CorElementType
{
    None = 0,
    ValueType = 0x11,
    Class = 0x12,
}

/// <summary>
/// Where fields of types of this process lie. Reflection has no words for it, but its handle of a field is the address of what the runtime
/// knows: FieldDesc of src/coreclr/vm/field.h, whose last word holds the offset in 27 bits and the type in five, the same from .NET 8 to 10.
/// Whether it is so here is checked once against fields whose places can be measured.
/// </summary>
internal static class FieldLayout
{
    private const int WordOffset = 12, OffsetBits = 27;

    private static readonly Lazy<bool> s_isKnown = new(() => Probe.IsAsMeasured());

    /// <summary>The layout of this runtime is the one we know.</summary>
    public static bool IsKnown => s_isKnown.Value;

    /// <summary>From the start of the first field of the object, in bytes, and what lies there.</summary>
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
                && Is(nameof(_reference), ref start, ref Unsafe.As<object?, byte>(ref probe._reference), CorElementType.Class)
                && Is(nameof(_structure), ref start, ref Unsafe.As<Guid, byte>(ref probe._structure), CorElementType.ValueType)
                && Is(nameof(_number), ref start, ref Unsafe.As<long, byte>(ref probe._number));
        }

        private static bool Is(string name, ref byte start, ref byte field, CorElementType type = CorElementType.None)
        {
            if (typeof(Probe).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) is not { } found) return false;
            (int offset, CorElementType element) = Of(found);
            bool isOfType = type == CorElementType.None ? element is not (CorElementType.Class or CorElementType.ValueType) : element == type;
            return isOfType && offset == (int)Unsafe.ByteOffset(ref start, ref field);
        }
    }

    // Any object, seen from its first field.
    private sealed class Data
    {
        public byte First;
    }
}
