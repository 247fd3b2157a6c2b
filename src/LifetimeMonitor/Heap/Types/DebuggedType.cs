using System.Runtime.CompilerServices;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Metadata;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>A type as the DAC describes it: it may be unloaded, or its method table is not proved.</summary>
internal sealed class DebuggedType(HeapTypes types, DacType type) : HeapType
{
    private IReadOnlyList<TypeField>? _allFields;

    public override string RuntimeName { get; } = type.Name ?? "?";

    public override bool IsArray => type.IsArray;

    public override bool IsString => type.IsString;

    public override bool IsStruct => type.IsStruct;

    public override bool IsFinalizable => type.IsFinalizable;

    public override TypeCode? Primitive => type.Primitive;

    public override bool IsEnumeration => type.IsEnumeration;

    public override int ElementSize => type.ElementSize;

    public override HeapType? Element => types.From(type.Element);

    public override HeapType? Base => types.From(type.Base);

    public override IEnumerable<HeapType> Arguments => [];

    public override IEnumerable<string> Interfaces => type.Interfaces;

    public override int Token => type.Token;

    public override ModuleMetadata Module => types.ModuleOf(type);

    public override IEnumerable<TypeStatic> Statics => type.StaticFields.Select(f => Static(f, isThreadStatic: false))
        .Concat(type.ThreadStaticFields.Select(f => Static(f, isThreadStatic: true)))
        .OfType<TypeStatic>();

    protected override bool IsInlineArray => Module.Attributes(Token).Contains(nameof(InlineArrayAttribute));

    protected internal override int BaseSize => type.BaseSize;

    protected internal override IReadOnlyList<TypeField> Fields => _allFields ??= [.. type.Fields.Select(Field)];

    private static TypeStatic? Static(DacField field, bool isThreadStatic) =>
        field.IsPrimitive ? null : new TypeStatic(field.Name, field.Offset, field.IsValueType, isThreadStatic);

    private TypeField Field(DacField field)
    {
        bool isStruct = field.IsValueType && !field.IsPrimitive;
        return new TypeField(field.Name, field.Offset, field.IsReference, isStruct)
        {
            // ClrMD resolves a field's type to get its size, and for a reference it walks all types of the module.
            Size = () => field.IsReference ? sizeof(ulong) : Math.Max(field.Size, 1),
            Type = () => isStruct ? types.StructIn(type, field) : types.From(field.Type),
            DeclaringType = () => types.From(field.DeclaringType),
        };
    }
}
