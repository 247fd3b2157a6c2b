using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>The framework's names for ClrMD's element types.</summary>
internal static class PrimitiveTypes
{
    /// <summary>The same for a type of this process that is primitive or an enumeration.</summary>
    public static TypeCode? Of(Type type) =>
        type.IsEnum ? Type.GetTypeCode(type)
        : !type.IsPrimitive ? null
        : type == typeof(nint) ? TypeCode.Int64
        : type == typeof(nuint) ? TypeCode.UInt64
        : Type.GetTypeCode(type);

    /// <summary>In bytes; the size of a pointer for a type that is not primitive.</summary>
    public static int SizeOf(Type type) => Of(type) switch
    {
        TypeCode.Boolean or TypeCode.SByte or TypeCode.Byte => 1,
        TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
        _ => 8,
    };

    public static TypeCode? Of(ClrElementType type) => type switch
    {
        ClrElementType.Boolean => TypeCode.Boolean,
        ClrElementType.Char => TypeCode.Char,
        ClrElementType.Int8 => TypeCode.SByte,
        ClrElementType.UInt8 => TypeCode.Byte,
        ClrElementType.Int16 => TypeCode.Int16,
        ClrElementType.UInt16 => TypeCode.UInt16,
        ClrElementType.Int32 => TypeCode.Int32,
        ClrElementType.UInt32 => TypeCode.UInt32,
        ClrElementType.Int64 or ClrElementType.NativeInt => TypeCode.Int64, // only 64-bit processes are supported
        ClrElementType.UInt64 or ClrElementType.NativeUInt => TypeCode.UInt64,
        ClrElementType.Float => TypeCode.Single,
        ClrElementType.Double => TypeCode.Double,
        _ => null,
    };
}
