using System.Runtime.CompilerServices;
using LifetimeMonitoring.Heap.Metadata;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>A type as the DAC describes it: it may be unloaded, or its method table is not proved.</summary>
internal sealed class DebuggedType(HeapTypes types, ClrType type) : HeapType
{
    private IReadOnlyList<TypeField>? _allFields;

    public override string RuntimeName { get; } = type.Name ?? "?";

    public override bool IsArray => type.IsArray;

    public override bool IsString => type.IsString;

    public override bool IsStruct => type.IsValueType && !type.IsPrimitive;

    public override bool IsFinalizable => type.IsFinalizable;

    // To ClrMD every enumeration is an Int32; the real type is that of its one field.
    public override TypeCode? Primitive => PrimitiveTypes.Of(
        type.IsEnum && !type.Fields.IsEmpty ? type.Fields[0].ElementType : type.ElementType);

    public override bool IsEnumeration => type.IsEnum;

    public override int ElementSize => type.ComponentSize;

    public override HeapType? Element => types.From(type.ComponentType);

    public override HeapType? Base => types.From(type.BaseType);

    public override IEnumerable<HeapType> Arguments => [];

    public override IEnumerable<string> Interfaces => type.EnumerateInterfaces().Select(i => i.Name);

    public override int Token => type.MetadataToken;

    public override ModuleMetadata Module => types.ModuleOf(type);

    public override IEnumerable<TypeStatic> Statics => type.StaticFields.Select(f => Static(f, isThreadStatic: false))
        .Concat(type.ThreadStaticFields.Select(f => Static(f, isThreadStatic: true)))
        .OfType<TypeStatic>();

    protected override bool IsInlineArray => Module.Attributes(Token).Contains(nameof(InlineArrayAttribute));

    protected override int BaseSize => type.StaticSize;

    protected override IReadOnlyList<TypeField> Fields => _allFields ??= [.. type.Fields.Select(Field)];

    private static TypeStatic? Static(ClrField field, bool isThreadStatic) =>
        field.IsPrimitive ? null : new TypeStatic(field.Name, field.Offset, field.IsValueType, isThreadStatic);

    private TypeField Field(ClrInstanceField field)
    {
        bool isStruct = field.IsValueType && !field.IsPrimitive;
        return new TypeField(field.Name, field.Offset, field.IsObjectReference, isStruct)
        {
            // ClrMD resolves a field's type to get its size, and for a reference it walks all types of the module.
            Size = () => field.IsObjectReference ? sizeof(ulong) : Math.Max(field.Size, 1),
            Type = () => isStruct ? types.StructIn(type, field) : types.From(field.Type),
            DeclaringType = () => types.From(field.ContainingType),
        };
    }
}
