using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;

namespace LifetimeMonitoring.Heap.Metadata;

/// <summary>A module's metadata, read from the snapshot: no code of the module runs, and nothing is loaded.</summary>
internal sealed class ModuleMetadata
{
    private const int MaxLength = 64 * 1024 * 1024;
    private readonly Lazy<MetadataReader?> _reader;
    private readonly Lazy<SourceLines?> _lines;
    private readonly Lazy<bool> _isOptimized;
    private readonly string? _file;

    private ModuleMetadata(Func<MetadataReader?> open, string? file)
    {
        _file = file;
        _reader = new Lazy<MetadataReader?>(open);
        _isOptimized = new Lazy<bool>(() => Guarded(ReadIsOptimized, otherwise: true));
        _lines = new Lazy<SourceLines?>(() => SourceLines.Of(file));
        Name = file is null ? "" : Path.GetFileNameWithoutExtension(file);
    }

    /// <summary>The metadata of an unknown module.</summary>
    public static ModuleMetadata None { get; } = new(() => null, null);

    /// <summary>The assembly's simple name; empty when it has no file.</summary>
    public string Name { get; }

    /// <summary>The directory of its file; empty when it has none.</summary>
    public string Directory => _file is null ? "" : Path.GetDirectoryName(_file) ?? "";

    /// <summary>Its code is optimized, so that the running line of a method is only approximately known.</summary>
    public bool IsOptimized => _isOptimized.Value;

    /// <summary>It came with a package or a framework: the program's authors did not write it.</summary>
    public bool IsOfLibrary => InstalledAssemblies.Contain(Name);

    /// <summary>Whether the module is one of the runtime's own libraries.</summary>
    public bool IsOfRuntime => InstalledAssemblies.AreOfRuntime(Name, Directory);

    /// <summary>The source lines of its methods; null when there are no symbols.</summary>
    public SourceLines? Lines => _lines.Value;

    /// <param name="module">The module.</param>
    /// <param name="read">Reads the snapshot.</param>
    /// <param name="stays">The module is a file that stays loaded, with its metadata at the same address here.</param>
    public static ModuleMetadata Read(DacModule? module, ReadMemory read, bool stays) => module is null
        ? None
        : new ModuleMetadata(
            () => Open(module, read, stays && module is { IsPEFile: true, IsDynamic: false }),
            module.IsPEFile ? module.Name : null);

    /// <summary>The metadata of an assembly that stays loaded; null if it is not in memory, as if dynamic.</summary>
    public static unsafe ModuleMetadata? Of(Assembly assembly)
    {
        if (assembly.IsDynamic || !assembly.TryGetRawMetadata(out byte* start, out int length) || length > MaxLength)
            return null;
        nint address = (nint)start;
        return new ModuleMetadata(
            () => Guarded(() => new MetadataReader((byte*)address, length), null),
            FileOf(assembly));
    }

    /// <summary>Whether a type has an event with a name.</summary>
    public bool HasEvent(int typeToken, string name) =>
        Type(typeToken) is { } type && type.GetEvents().Any(e => Is(_reader.Value!.GetEventDefinition(e).Name, name));

    /// <summary>The token of a type's first method with a name, or 0.</summary>
    public int MethodToken(int typeToken, string name) => Type(typeToken) is { } type
        ? type.GetMethods()
            .Where(m => Is(_reader.Value!.GetMethodDefinition(m).Name, name))
            .Select(m => MetadataTokens.GetToken(m))
            .FirstOrDefault()
        : 0;

    /// <summary>The names of the methods a type declares, in order.</summary>
    public IEnumerable<string> MethodNames(int typeToken) => Type(typeToken) is { } type
        ? type.GetMethods().Select(m => _reader.Value!.GetString(_reader.Value.GetMethodDefinition(m).Name))
        : [];

    /// <summary>Whether code of other assemblies may name a type.</summary>
    public bool IsPublic(int typeToken)
    {
        if (Type(typeToken) is not { } type) return false;
        TypeAttributes visibility = type.Attributes & TypeAttributes.VisibilityMask;
        return visibility == TypeAttributes.Public
            || (visibility == TypeAttributes.NestedPublic && IsPublic(DeclaringType(typeToken)));
    }

    /// <summary>Whether a type declares a public method with a name.</summary>
    public bool HasPublicMethod(int typeToken, string name, bool isStatic = false) =>
        Type(typeToken) is { } type
        && type.GetMethods()
            .Select(m => _reader.Value!.GetMethodDefinition(m))
            .Any(
                m => (m.Attributes & (MethodAttributes.MemberAccessMask | MethodAttributes.Static))
                        == (isStatic ? MethodAttributes.Public | MethodAttributes.Static : MethodAttributes.Public)
                    && Is(m.Name, name));

    /// <summary>The name of a method, or null.</summary>
    public string? MethodName(int token) =>
        _reader.Value is { } reader
        && MetadataTokens.EntityHandle(token) is { Kind: HandleKind.MethodDefinition, IsNil: false } method
            ? Guarded(() => reader.GetString(reader.GetMethodDefinition((MethodDefinitionHandle)method).Name), null)
            : null;

    /// <summary>The names of a type's type parameters, those of the enclosing types first.</summary>
    public IReadOnlyList<string> TypeParameters(int typeToken) => Type(typeToken) is { } type
        ? Guarded(
            () => (IReadOnlyList<string>)[.. type.GetGenericParameters()
                .Select(p => _reader.Value!.GetString(_reader.Value.GetGenericParameter(p).Name))],
            [])
        : [];

    /// <summary>
    /// The event whose handlers a field keeps, or whose key the field is in a list of several events' handlers,
    /// according to the event's adder; null when none of another name is known.
    /// </summary>
    public string? EventOf(int typeToken, string field) =>
        _file is null ? null : ModuleCode.EventOf(_file, typeToken, field);

    /// <summary>The event whose handlers a collection in a field keeps; null when none is known.</summary>
    public string? EventKeptIn(int typeToken, string field) =>
        _file is null ? null : ModuleCode.EventKeptIn(_file, typeToken, field);

    /// <summary>The public event by which a program reaches an event that only the module knows; null for none.</summary>
    public CodeEvent? PublicEventOf(int typeToken, string name) =>
        _file is null || IsVisibleEvent(typeToken, name) ? null : ModuleCode.PublicEventOf(_file, typeToken, name);

    /// <summary>The method that creates or uses objects of a nested type, or a member of it; or null.</summary>
    public CodeUser? UserOf(int typeToken, string? member = null) =>
        _file is null ? null : ModuleCode.UserOf(_file, typeToken, member);

    /// <summary>The fields of its closure that a lambda uses; null when its code is not known.</summary>
    public IReadOnlySet<string>? Used(int lambdaToken, int closureToken) =>
        _file is null ? null : ModuleCode.Used(_file, lambdaToken, closureToken);

    /// <summary>The tokens of the methods of a type.</summary>
    public IReadOnlyList<int> Methods(int typeToken) =>
        Type(typeToken) is { } type ? [.. type.GetMethods().Select(m => MetadataTokens.GetToken(m))] : [];

    /// <summary>The member of an enumeration with a value, which is given as text; null for none.</summary>
    public string? EnumerationMember(int typeToken, string value) => Type(typeToken) is { } type
        ? Guarded(
            () => type.GetFields()
                .Select(_reader.Value!.GetFieldDefinition)
                .Where(f => Constant(f) == value)
                .Select(f => _reader.Value!.GetString(f.Name))
                .FirstOrDefault(),
            null)
        : null;

    /// <summary>The names that a field's declaration gives to the elements of tuples, in order; empty for none.</summary>
    public IReadOnlyList<string?> TupleNames(int typeToken, string field) => Type(typeToken) is { } type
        ? Guarded<IReadOnlyList<string?>>(() => ReadTupleNames(type, field), [])
        : [];

    /// <summary>The token of the type around a nested one, or 0.</summary>
    public int DeclaringType(int typeToken) =>
        Type(typeToken)?.GetDeclaringType() is { IsNil: false } declaring ? MetadataTokens.GetToken(declaring) : 0;

    /// <summary>Whether code outside the module can name a type; true where its metadata is not known.</summary>
    public bool IsVisible(int typeToken)
    {
        for (int token = typeToken; token != 0; token = DeclaringType(token))
        {
            if (Type(token) is { } type
                && (type.Attributes & TypeAttributes.VisibilityMask)
                    is not (TypeAttributes.Public or TypeAttributes.NestedPublic))
                return false;
        }

        return true;
    }

    /// <summary>The names of the attributes on a type or method, without namespaces.</summary>
    public IReadOnlyList<string> Attributes(int token)
    {
        if (_reader.Value is not { } reader
            || MetadataTokens.EntityHandle(token)
                is not { Kind: HandleKind.TypeDefinition or HandleKind.MethodDefinition } handle)
        {
            return [];
        }

        return Guarded(
            () => (IReadOnlyList<string>)[.. reader.GetCustomAttributes(handle).Select(a => CustomAttributeNames.Of(reader, a))],
            []);
    }

    private bool IsVisibleEvent(int typeToken, string name) => Type(typeToken) is { } type
        && IsVisible(typeToken)
        && type.GetEvents().Select(_reader.Value!.GetEventDefinition).Any(e => Is(e.Name, name)
            && (_reader.Value.GetMethodDefinition(e.GetAccessors().Adder).Attributes
                & MethodAttributes.MemberAccessMask)
                is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem);

    // Compilers write DebuggableAttribute(DebuggingModes). The value begins with a two-byte 1 (ECMA-335, II.23.3).
    private bool ReadIsOptimized()
    {
        if (_reader.Value is not { IsAssembly: true } reader) return true;
        foreach (CustomAttributeHandle attribute in reader.GetAssemblyDefinition().GetCustomAttributes()
            .Where(a => CustomAttributeNames.Of(reader, a) == nameof(DebuggableAttribute)))
        {
            BlobReader value = reader.GetBlobReader(reader.GetCustomAttribute(attribute).Value);
            if (value.ReadUInt16() == 1 && value.RemainingBytes >= sizeof(int))
            {
                return ((DebuggableAttribute.DebuggingModes)value.ReadInt32()
                    & DebuggableAttribute.DebuggingModes.DisableOptimizations) == 0;
            }
        }

        return true;
    }

    // The value begins with a two-byte 1; the names are an array of strings (ECMA-335, II.23.3).
    private List<string?> ReadTupleNames(TypeDefinition type, string field)
    {
        MetadataReader reader = _reader.Value!;
        CustomAttributeHandle attribute = type.GetFields()
            .Where(f => Is(reader.GetFieldDefinition(f).Name, field))
            .SelectMany(f => reader.GetFieldDefinition(f).GetCustomAttributes())
            .FirstOrDefault(a => CustomAttributeNames.Of(reader, a) == nameof(TupleElementNamesAttribute));
        if (attribute.IsNil) return [];
        BlobReader value = reader.GetBlobReader(reader.GetCustomAttribute(attribute).Value);
        if (value.ReadUInt16() != 1) return [];
        var names = new List<string?>();
        for (int left = value.ReadInt32(); left > 0; left--) names.Add(value.ReadSerializedString());
        return names;
    }

    private string? Constant(FieldDefinition field)
    {
        if (field.GetDefaultValue() is { IsNil: true }) return null;
        Constant constant = _reader.Value!.GetConstant(field.GetDefaultValue());
        return _reader.Value.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode) is IFormattable number
            ? number.ToString(null, CultureInfo.InvariantCulture)
            : null;
    }

    private bool Is(StringHandle handle, string name) => _reader.Value!.StringComparer.Equals(handle, name);

    private TypeDefinition? Type(int token) =>
        _reader.Value is { } reader
        && MetadataTokens.EntityHandle(token) is { Kind: HandleKind.TypeDefinition, IsNil: false } handle
            ? Guarded(() => (TypeDefinition?)reader.GetTypeDefinition((TypeDefinitionHandle)handle), null)
            : null;

    // The bytes come from a snapshot and may be anything.
    private static T Guarded<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is BadImageFormatException or ArgumentException or InvalidCastException)
        {
            return otherwise;
        }
    }

    [UnconditionalSuppressMessage(
        "SingleFile",
        "IL3000",
        Justification = "A single-file application has no debugging component, and nothing is named in it.")]
    private static string? FileOf(Assembly assembly) => assembly.Location is { Length: > 0 } file ? file : null;

    // Metadata takes megabytes: it is not copied unless necessary.
    private static unsafe MetadataReader? Open(DacModule module, ReadMemory read, bool inPlace)
    {
        if (module.MetadataAddress == 0 || module.MetadataLength is 0 or > MaxLength) return null;
        if (inPlace)
            return Guarded(() => new MetadataReader((byte*)module.MetadataAddress, (int)module.MetadataLength), null);
        byte[] bytes = new byte[module.MetadataLength];
        if (read(module.MetadataAddress, bytes) != bytes.Length) return null;
        return Guarded(
            () => MetadataReaderProvider
                .FromMetadataImage(ImmutableCollectionsMarshal.AsImmutableArray(bytes))
                .GetMetadataReader(),
            null);
    }
}
