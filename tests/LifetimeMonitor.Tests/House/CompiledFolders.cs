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

    /// <summary>The subfolders of a folder, and the folder itself for the files directly in it.</summary>
    public static IReadOnlyCollection<string> Within(string folder) =>
    [
        folder,
        .. Directory.GetDirectories(Path.Combine(s_core, folder))
            .Where(d => Directory.EnumerateFiles(d, "*.cs", SearchOption.AllDirectories).Any())
            .Select(d => Path.GetFileName(d)),
    ];

    public static IReadOnlyCollection<Use> Uses() => Uses(FolderOf);

    /// <summary>The same for the subfolders of one folder.</summary>
    public static IReadOnlyCollection<Use> UsesWithin(string folder) => Uses(type => SubfolderOf(type, folder));

    /// <summary>The uses of types of other assemblies.</summary>
    public static IReadOnlyCollection<Outside> UsesOfOthers()
    {
        using var core = AssemblyDefinition.ReadAssembly(typeof(LifeTimeMonitor).Assembly.Location);
        return
        [
            .. Types(core).SelectMany(t => Used(t)
                .Where(u => u.Scope is AssemblyNameReference)
                .Select(u => new Outside(Outermost(t).Namespace, FolderOf(t), t.FullName, u.FullName, u.Scope.Name))
                .Distinct()),
        ];
    }

    /// <summary>The calls of methods of other assemblies, as <c>System.GC::Collect</c>.</summary>
    public static IReadOnlyCollection<Call> CallsOfOthers()
    {
        using var core = AssemblyDefinition.ReadAssembly(typeof(LifeTimeMonitor).Assembly.Location);
        return
        [
            .. Types(core)
                .SelectMany(t => t.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions)
                    .Select(i => i.Operand)
                    .OfType<MethodReference>()
                    .Where(m => m.DeclaringType.Scope is AssemblyNameReference)
                    .Select(m => new Call(FolderOf(t), t.FullName, $"{m.DeclaringType.FullName}::{m.Name}")))
                .Distinct(),
        ];
    }

    /// <summary>The folders with functions of native libraries.</summary>
    public static IReadOnlyCollection<string> FoldersWithNativeCalls()
    {
        using var core = AssemblyDefinition.ReadAssembly(typeof(LifeTimeMonitor).Assembly.Location);
        return [.. Types(core).Where(t => t.Methods.Any(m => m.IsPInvokeImpl)).Select(FolderOf).Distinct()];
    }

    private static List<Use> Uses(Func<TypeReference, string> folderOf)
    {
        using var core = AssemblyDefinition.ReadAssembly(typeof(LifeTimeMonitor).Assembly.Location);
        return
        [
            .. Types(core)
                .SelectMany(t => Used(t).Select(u => (User: t, Used: u)))
                .Select(u => new Use(folderOf(u.User), folderOf(u.Used), $"{u.User.FullName} uses {u.Used.FullName}"))
                .Where(u => u.User.Length > 0 && u.Used.Length > 0 && u.User != u.Used)
                .Distinct(),
        ];
    }

    private static IEnumerable<TypeDefinition> Types(AssemblyDefinition core) => core.MainModule.GetTypes()
        .Where(t => t.Namespace.StartsWith("LifetimeMonitoring", StringComparison.Ordinal) || t.IsNested);

    private static string SubfolderOf(TypeReference type, string folder)
    {
        if (type is GenericParameter) return "";
        string[] parts = Outermost(type).Namespace?.Split('.') ?? [];
        if (parts is not ["LifetimeMonitoring", var first, ..] || first != folder) return "";
        return parts.Length > 2 ? parts[2] : folder;
    }

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } declaring) type = declaring;
        return type;
    }

    private static string FolderOf(TypeReference type)
    {
        if (type is GenericParameter) return "";
        TypeReference outermost = Outermost(type);
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
        // The compiler writes it into every iterator.
        MethodReference { Name: "get_CurrentManagedThreadId" } => [],
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

    internal sealed record Call(string Folder, string User, string Method);

    /// <summary>The use of a type of another assembly.</summary>
    internal sealed record Outside(string Namespace, string Folder, string User, string Used, string Assembly);
}
