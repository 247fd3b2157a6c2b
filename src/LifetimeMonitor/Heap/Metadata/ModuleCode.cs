using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LifetimeMonitoring.Heap.Metadata;

/// <summary>A method whose code mentions something.</summary>
/// <param name="TypeToken">The type that declares it.</param>
/// <param name="Type">The type's name in the metadata.</param>
/// <param name="Method">The method's name.</param>
internal sealed record CodeUser(int TypeToken, string Type, string Method);

/// <summary>An event.</summary>
/// <param name="Type">The type that declares it, with its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsStatic">Whether it is static.</param>
internal sealed record CodeEvent(string Type, string Name, bool IsStatic);

/// <summary>
/// Facts about a module's types that only its code shows, not its metadata. They are read from the module's file;
/// nothing is loaded, and none of the code runs.
/// </summary>
internal static class ModuleCode
{
    /// <summary>
    /// The event whose handlers a field keeps, or whose key the field is in a list of several events' handlers: the
    /// event's adder uses the field, or an event of the field's name. Null when none is known.
    /// </summary>
    /// <param name="file">The module's file.</param>
    /// <param name="typeToken">The type that declares the field and the event.</param>
    /// <param name="field">The field.</param>
    public static string? EventOf(string file, int typeToken, string field) =>
        Ask(file, typeToken, (reading, type) => reading.Reader
            .GetTypeDefinition(type).GetEvents()
            .Select(reading.Reader.GetEventDefinition)
            .Where(e => !reading.Reader.StringComparer.Equals(e.Name, field))
            .Where(e => reading.Mentioned(e.GetAccessors().Adder)
                .Any(m => m.Type == type && (m.Member == field || m.Member == $"add_{field}")))
            .Select(e => reading.Reader.GetString(e.Name))
            .FirstOrDefault());

    /// <summary>
    /// The only event whose adder puts handlers into a collection that a field keeps, itself or through a method of its
    /// type; null for none.
    /// </summary>
    /// <param name="file">The module's file.</param>
    /// <param name="typeToken">The type that declares the field and the event.</param>
    /// <param name="field">The field.</param>
    public static string? EventKeptIn(string file, int typeToken, string field) =>
        Ask(file, typeToken, (reading, type) =>
        {
            string[] events =
            [
                .. reading.Reader.GetTypeDefinition(type).GetEvents()
                    .Select(reading.Reader.GetEventDefinition)
                    .Where(e => reading.Reaches(e.GetAccessors().Adder, type, field))
                    .Select(e => reading.Reader.GetString(e.Name))
                    .Take(2),
            ];
            return events.Length == 1 ? events[0] : null;
        });

    /// <summary>
    /// The public event of another type that adds its handlers to a type's event; null for none.
    /// </summary>
    /// <param name="file">The module's file.</param>
    /// <param name="typeToken">The type that declares the event.</param>
    /// <param name="name">The event.</param>
    public static CodeEvent? PublicEventOf(string file, int typeToken, string name) =>
        Ask(file, typeToken, (reading, type) => reading.Reader.TypeDefinitions
            .Where(t => t != type && reading.IsPublic(t))
            .SelectMany(t => reading.Reader.GetTypeDefinition(t).GetEvents()
                .Select(reading.Reader.GetEventDefinition)
                .Where(e => reading.Mentioned(e.GetAccessors().Adder)
                    .Any(m => m.Type == type && m.Member == $"add_{name}"))
                .Select(e => new CodeEvent(
                    reading.FullNameOf(t),
                    reading.Reader.GetString(e.Name),
                    reading.Reader.GetMethodDefinition(e.GetAccessors().Adder).Attributes.HasFlag(MethodAttributes.Static))))
            .FirstOrDefault());

    /// <summary>The method that creates or uses objects of a nested type, or a member of it; null for none.</summary>
    /// <param name="file">The module's file.</param>
    /// <param name="typeToken">The nested type.</param>
    /// <param name="member">One of its members; null for any.</param>
    public static CodeUser? UserOf(string file, int typeToken, string? member) =>
        Ask(file, typeToken, (reading, type) => reading
            .Around(type)
            .SelectMany(t => reading.Reader.GetTypeDefinition(t).GetMethods().Select(m => (Type: t, Method: m)))
            .Where(m => reading.Mentioned(m.Method)
                .Any(mentioned => mentioned.Type == type && (member is null || mentioned.Member == member)))
            .Select(m =>
                new CodeUser(MetadataTokens.GetToken(m.Type), reading.NameOf(m.Type), reading.NameOf(m.Method)))
            .FirstOrDefault());

    /// <summary>
    /// The fields of its closure that a lambda uses, itself or through other compiler-generated code: a local function
    /// that it calls, a lambda or state machine that it makes. Null when the code is not known.
    /// </summary>
    /// <param name="file">The module's file.</param>
    /// <param name="lambdaToken">The lambda's method.</param>
    /// <param name="closureToken">The closure's type.</param>
    public static IReadOnlySet<string>? Used(string file, int lambdaToken, int closureToken) =>
        Ask(file, closureToken, (reading, closure) =>
        {
            if (MetadataTokens.EntityHandle(lambdaToken) is not { Kind: HandleKind.MethodDefinition } lambda)
                return null;
            var fields = new HashSet<string>();
            var seen = new HashSet<MethodDefinitionHandle>();
            var queue = new Queue<MethodDefinitionHandle>([(MethodDefinitionHandle)lambda]);
            while (queue.TryDequeue(out MethodDefinitionHandle method))
            {
                if (!seen.Add(method)) continue;
                foreach ((TypeDefinitionHandle type, string member) in reading.Mentioned(method))
                {
                    if (type == closure) _ = fields.Add(member);
                    if (!type.IsNil) reading.MadeMethods(type, member).ForEach(queue.Enqueue);
                }
            }

            return fields;
        });

    // The file may differ from the loaded module, and may then contain anything.
    private static T? Ask<T>(string file, int typeToken, Func<Reading, TypeDefinitionHandle, T?> question)
    {
        try
        {
            if (MetadataTokens.EntityHandle(typeToken) is not { Kind: HandleKind.TypeDefinition, IsNil: false } type
                || !File.Exists(file))
            {
                return default;
            }

            // Opened for one query: a file that stays open could not be rebuilt or deleted meanwhile.
            using var image = new PEReader(File.OpenRead(file));
            return question(new Reading(image, image.GetMetadataReader()), (TypeDefinitionHandle)type);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException
            or InvalidOperationException or InvalidCastException or ArgumentException)
        {
            return default;
        }
    }

    private sealed record Reading(PEReader Image, MetadataReader Reader)
    {
        public string NameOf(TypeDefinitionHandle type) => Reader.GetString(Reader.GetTypeDefinition(type).Name);

        public string NameOf(MethodDefinitionHandle method) =>
            Reader.GetString(Reader.GetMethodDefinition(method).Name);

        public string FullNameOf(TypeDefinitionHandle type) => Reader.GetTypeDefinition(type) is var found
            && Reader.GetString(found.Namespace) is { Length: > 0 } space
                ? $"{space}.{Reader.GetString(found.Name)}"
                : NameOf(type);

        public bool IsPublic(TypeDefinitionHandle type) =>
            (Reader.GetTypeDefinition(type).Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public;

        /// <summary>Whether a method mentions a field of a type, itself or through another method of the type.</summary>
        public bool Reaches(MethodDefinitionHandle method, TypeDefinitionHandle type, string field)
        {
            (TypeDefinitionHandle Type, string Member)[] mentioned = [.. Mentioned(method)];
            return mentioned.Contains((type, field))
                || Reader.GetTypeDefinition(type).GetMethods()
                    .Where(m => m != method && mentioned.Contains((type, NameOf(m))))
                    .Any(m => Mentioned(m).Contains((type, field)));
        }

        /// <summary>
        /// A compiler-generated method that is mentioned, and the method that does the work of a compiler-generated
        /// type that is mentioned.
        /// </summary>
        public List<MethodDefinitionHandle> MadeMethods(TypeDefinitionHandle type, string member) =>
        [
            .. Reader.GetTypeDefinition(type).GetMethods()
                .Where(m => NameOf(m) is var name
                    && (IsMade(NameOf(type))
                        ? name == member || name is "MoveNext" or "Invoke"
                        : name == member && IsMade(name))),
        ];

        private static bool IsMade(string name) =>
            name.StartsWith('<') || name.StartsWith('_') || name.Contains('$', StringComparison.Ordinal)
            || name.Contains('@', StringComparison.Ordinal);

        /// <summary>The type around a nested one and all types nested in it, except the nested one itself.</summary>
        public IEnumerable<TypeDefinitionHandle> Around(TypeDefinitionHandle nested) =>
            Reader.GetTypeDefinition(nested).GetDeclaringType() is { IsNil: false } declaring
                ? Within(declaring).Where(t => t != nested)
                : [];

        /// <summary>The types and members whose tokens a method's code contains, except those of other modules.</summary>
        public IEnumerable<(TypeDefinitionHandle Type, string Member)> Mentioned(MethodDefinitionHandle method)
        {
            if (method.IsNil
                || Reader.GetMethodDefinition(method).RelativeVirtualAddress is not (not 0 and var address))
            {
                return [];
            }

            return Instructions.In(Image.GetMethodBody(address).GetILReader())
                .Where(i => i.HasToken)
                .Select(i => Resolve(MetadataTokens.EntityHandle(i.Operand)));
        }

        private IEnumerable<TypeDefinitionHandle> Within(TypeDefinitionHandle type) =>
            [type, .. Reader.GetTypeDefinition(type).GetNestedTypes().SelectMany(Within)];

        // A generic type refers to its own members by references.
        private (TypeDefinitionHandle Type, string Member) Resolve(EntityHandle entity) => entity switch
        {
            { Kind: HandleKind.FieldDefinition } h
                when Reader.GetFieldDefinition((FieldDefinitionHandle)h) is var field =>
                (field.GetDeclaringType(), Reader.GetString(field.Name)),
            { Kind: HandleKind.MethodDefinition } h
                when Reader.GetMethodDefinition((MethodDefinitionHandle)h) is var method =>
                (method.GetDeclaringType(), Reader.GetString(method.Name)),
            { Kind: HandleKind.MemberReference } h
                when Reader.GetMemberReference((MemberReferenceHandle)h) is var member =>
                (Definition(member.Parent), Reader.GetString(member.Name)),
            { Kind: HandleKind.MethodSpecification } h =>
                Resolve(Reader.GetMethodSpecification((MethodSpecificationHandle)h).Method),
            _ => (Definition(entity), ""),
        };

        private TypeDefinitionHandle Definition(EntityHandle type)
        {
            if (type.Kind == HandleKind.TypeDefinition) return (TypeDefinitionHandle)type;
            if (type.Kind != HandleKind.TypeSpecification) return default;
            BlobReader signature =
                Reader.GetBlobReader(Reader.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
            if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return default;
            _ = signature.ReadSignatureTypeCode(); // a class or a struct
            return signature.ReadTypeHandle() is { Kind: HandleKind.TypeDefinition } definition
                ? (TypeDefinitionHandle)definition
                : default;
        }
    }
}
