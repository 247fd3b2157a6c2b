using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap.Types;

/// <summary>The framework's names for what ClrMD calls element types.</summary>
internal static class PrimitiveTypes
{
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
        ClrElementType.Int64 or ClrElementType.NativeInt => TypeCode.Int64, // only 64-bit processes are looked into
        ClrElementType.UInt64 or ClrElementType.NativeUInt => TypeCode.UInt64,
        ClrElementType.Float => TypeCode.Single,
        ClrElementType.Double => TypeCode.Double,
        _ => null,
    };
}
