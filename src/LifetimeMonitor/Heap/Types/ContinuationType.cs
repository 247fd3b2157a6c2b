using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Metadata;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>
/// The type of a suspended async method of .NET 11 (runtime async). The runtime makes it: it has the fields of its base
/// type, and after them the variables of the method, whose names and types are in no metadata.
/// </summary>
internal sealed class ContinuationType(HeapType parent, ReadMemory read, ulong methodTable) : HeapType
{
    private IReadOnlyList<TypeField>? _fields;

    public override string RuntimeName => parent.RuntimeName;

    public override bool IsArray => false;

    public override bool IsString => false;

    public override bool IsStruct => false;

    public override bool IsFinalizable => false;

    public override TypeCode? Primitive => null;

    public override bool IsEnumeration => false;

    public override int ElementSize => 0;

    public override HeapType? Element => null;

    public override HeapType? Base => parent;

    public override IEnumerable<HeapType> Arguments => [];

    public override IEnumerable<string> Interfaces => parent.Interfaces;

    public override int Token => parent.Token;

    public override ModuleMetadata Module => parent.Module;

    public override IEnumerable<TypeStatic> Statics => [];

    protected override bool IsInlineArray => false;

    protected internal override int BaseSize => read.TryRead(methodTable, out MethodTableHeader header) ? (int)header.BaseSize : 0;

    protected internal override IReadOnlyList<TypeField> Fields => _fields ??= [.. parent.Fields, .. Variables()];

    private IEnumerable<TypeField> Variables()
    {
        for (int at = parent.BaseSize - ObjectLayout.BoxSize; at < BaseSize - ObjectLayout.BoxSize; at += sizeof(ulong))
        {
            yield return new TypeField($"offset {at + ObjectLayout.MethodTableSize}", at, IsReference: true, IsStruct: false)
            {
                Size = () => sizeof(ulong),
                Type = () => null,
                DeclaringType = () => this,
            };
        }
    }
}
