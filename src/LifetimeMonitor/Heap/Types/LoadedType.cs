using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using LifetimeMonitoring.Heap.Metadata;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>
/// A type of this process as reflection describes it: exact even if it is generic, and without the DAC, which copies
/// all metadata of a module to get one name. Only for proven method tables of types that cannot be unloaded. Reflection
/// runs no code of the program and loads nothing here: an object of the type exists, and so do its fields' types.
/// </summary>
internal sealed class LoadedType(HeapTypes types, Type type, MethodTableHeader table) : HeapType
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private string? _name;
    private IReadOnlyList<TypeField>? _allFields;

    public override string RuntimeName => _name ??= RuntimeTypeName.Of(type);

    public override bool IsArray => type.IsArray;

    public override bool IsString => type == typeof(string);

    public override bool IsStruct => type is { IsValueType: true, IsPrimitive: false, IsEnum: false };

    public override bool IsFinalizable => table.HasFinalizer;

    public override TypeCode? Primitive => PrimitiveTypes.Of(type);

    public override bool IsEnumeration => type.IsEnum;

    public override int ElementSize => (int)table.ElementSize;

    public override HeapType? Element => types.Of(type.GetElementType());

    public override HeapType? Base => types.Of(type.BaseType);

    public override IEnumerable<HeapType> Arguments =>
        type.GenericTypeArguments.Select(types.Of).OfType<HeapType>();

    public override IEnumerable<string> Interfaces => InterfacesOf(type);

    public override int Token => type.MetadataToken;

    public override ModuleMetadata Module => types.ModuleOf(type);

    public override IEnumerable<TypeStatic> Statics => StaticsOf(type);

    protected override bool IsInlineArray => type.IsDefined(typeof(InlineArrayAttribute), inherit: false);

    protected internal override int BaseSize => (int)table.BaseSize;

    protected internal override IReadOnlyList<TypeField> Fields =>
        _allFields ??= [.. Bases(type).Reverse().SelectMany(FieldsOf)];

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A field that was trimmed is in no object.")]
    private IEnumerable<TypeField> FieldsOf(Type declaring) =>
        declaring.GetFields(BindingFlags.Instance | Declared).Select(field =>
        {
            (int offset, CorElementType element) = FieldLayout.Of(field);
            return new TypeField(
                field.Name,
                offset,
                element == CorElementType.Class,
                element == CorElementType.ValueType)
            {
                Size = () => element == CorElementType.Class ? sizeof(ulong) : PrimitiveTypes.SizeOf(field.FieldType),
                Type = () => element == CorElementType.Class ? null : types.Of(field.FieldType),
                DeclaringType = () => types.Of(declaring),
            };
        });

    // A constant has no storage.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A field that was trimmed holds nothing.")]
    private static IEnumerable<TypeStatic> StaticsOf(Type declaring)
    {
        foreach (FieldInfo field in declaring.GetFields(BindingFlags.Static | Declared))
        {
            if (field.IsLiteral) continue;
            (int offset, CorElementType element) = FieldLayout.Of(field);
            if (element is not (CorElementType.Class or CorElementType.ValueType)) continue;
            yield return new TypeStatic(
                field.Name,
                offset,
                element == CorElementType.ValueType,
                field.IsDefined(typeof(ThreadStaticAttribute), inherit: false));
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "One that was trimmed nobody uses.")]
    private static IEnumerable<string> InterfacesOf(Type type) => type.GetInterfaces().Select(RuntimeTypeName.Of);

    private static IEnumerable<Type> Bases(Type type)
    {
        for (Type? t = type; t is not null; t = t.BaseType) yield return t;
    }
}
