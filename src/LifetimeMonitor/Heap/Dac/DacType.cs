using System.Diagnostics.CodeAnalysis;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>A type as the DAC describes it.</summary>
internal sealed class DacType(ClrType type)
{
    public ulong MethodTable => type.MethodTable;

    public string? Name => type.Name;

    public bool IsArray => type.IsArray;

    public bool IsString => type.IsString;

    public bool IsStruct => type.IsValueType && !type.IsPrimitive;

    public bool IsEnumeration => type.IsEnum;

    public bool IsFinalizable => type.IsFinalizable;

    /// <summary>It can be unloaded.</summary>
    public bool IsCollectible => type.IsCollectible;

    /// <summary>The handle of the object that keeps a collectible type loaded; 0 for none.</summary>
    public ulong LoaderAllocatorHandle => type.LoaderAllocatorHandle;

    // To ClrMD every enumeration is an Int32; the real type is that of its one field.
    public TypeCode? Primitive =>
        CodeOf(type.IsEnum && !type.Fields.IsEmpty ? type.Fields[0].ElementType : type.ElementType);

    public int ElementSize => type.ComponentSize;

    /// <summary>The type of an array's elements; null for an array type reached otherwise than by an array.</summary>
    public DacType? Element => Of(type.ComponentType);

    public DacType? Base => Of(type.BaseType);

    public IEnumerable<string> Interfaces => type.EnumerateInterfaces().Select(i => i.Name);

    /// <summary>The token of its definition in the metadata.</summary>
    public int Token => type.MetadataToken;

    public DacModule? Module => DacModule.Of(type.Module);

    /// <summary>Size of an object, in bytes, without array elements.</summary>
    public int BaseSize => type.StaticSize;

    public IEnumerable<DacField> Fields => type.Fields.Select(f => new DacField(f));

    public IEnumerable<DacField> StaticFields => type.StaticFields.Select(f => new DacField(f));

    public IEnumerable<DacField> ThreadStaticFields => type.ThreadStaticFields.Select(f => new DacField(f));

    [return: NotNullIfNotNull(nameof(type))]
    public static DacType? Of(ClrType? type) => type is null ? null : new DacType(type);

    private static TypeCode? CodeOf(ClrElementType type) => type switch
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
