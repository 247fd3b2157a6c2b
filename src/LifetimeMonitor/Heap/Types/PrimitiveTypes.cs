namespace LifetimeMonitoring.Heap.Types;

/// <summary>Numbers, characters, Booleans and enumerations of this process.</summary>
internal static class PrimitiveTypes
{
    /// <summary>The code of a type that is primitive or an enumeration; null for another type.</summary>
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
}
