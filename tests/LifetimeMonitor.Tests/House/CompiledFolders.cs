using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LifetimeMonitoring.Tests.House;

/// <summary>The folders of the core, and which of them use which, as the compiled assembly has it.</summary>
internal static class CompiledFolders
{
    private static readonly string s_core = Path.Combine(Repository.Sources, "LifetimeMonitor");

    // A file is named after the type in it. The namespaces of the public types are not those of their folders.
    private static readonly Dictionary<string, string> s_folderOfFile = Directory
        .GetFiles(s_core, "*.cs", SearchOption.AllDirectories)
        .Select(f => (Name: Path.GetFileNameWithoutExtension(f).Split('.')[0], Folder: Path.GetRelativePath(s_core, f).Split(Path.DirectorySeparatorChar)[0]))
        .Where(f => f.Folder is not ("bin" or "obj"))
        .DistinctBy(f => f.Name)
        .ToDictionary(f => f.Name, f => f.Folder);

    public static IReadOnlyCollection<string> All { get; } = [.. s_folderOfFile.Values.Distinct()];

    public static IReadOnlyCollection<Use> Uses()
    {
        using var core = AssemblyDefinition.ReadAssembly(typeof(LifeTimeMonitor).Assembly.Location);
        return
        [
            .. core.MainModule.GetTypes()
                .Where(t => t.Namespace.StartsWith("LifetimeMonitoring", StringComparison.Ordinal) || t.IsNested)
                .SelectMany(t => Used(t).Select(u => (User: t, Used: u)))
                .Select(u => new Use(FolderOf(u.User), FolderOf(u.Used), $"{u.User.FullName} uses {u.Used.FullName}"))
                .Where(u => u.User.Length > 0 && u.Used.Length > 0 && u.User != u.Used)
                .Distinct(),
        ];
    }

    private static string FolderOf(TypeReference type)
    {
        if (type is GenericParameter) return "";
        TypeReference outermost = type;
        while (outermost.DeclaringType is { } declaring) outermost = declaring;
        if (outermost.Namespace?.StartsWith("LifetimeMonitoring", StringComparison.Ordinal) != true) return "";
        string[] parts = outermost.Namespace.Split('.');
        if (parts.Length > 1 && parts[1] != "Reports") return parts[1];
        return s_folderOfFile.TryGetValue(outermost.Name.Split('`')[0], out string? folder) ? folder : "Model";
    }

    private static IEnumerable<TypeReference> Used(TypeDefinition type)
    {
        IEnumerable<TypeReference?> used = type.Interfaces.Select(i => i.InterfaceType)
            .Append(type.BaseType)
            .Concat(type.Fields.Select(f => f.FieldType))
            .Concat(type.Methods.SelectMany(Used));
        return used.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference?> Used(MethodDefinition method) => method.Parameters.Select(p => p.ParameterType)
        .Append(method.ReturnType)
        .Concat(method.HasBody ? method.Body.Variables.Select(v => v.VariableType) : [])
        .Concat(method.HasBody ? method.Body.Instructions.SelectMany(Used) : []);

    private static IEnumerable<TypeReference?> Used(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    // A List<T[]> uses T.
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        FunctionPointerType => [],
        TypeSpecification specification => Parts(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };

    internal sealed record Use(string User, string Used, string Example)
    {
        public override string ToString() => $"{User} → {Used}: {Example}";
    }
}
