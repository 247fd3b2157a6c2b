using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Heap.Metadata;

/// <summary>
/// The assemblies that came with packages and frameworks. The program's dependency manifest lists an assembly of a
/// package with its folder (<c>lib/net8.0/Name.dll</c>), and one of the program's own projects without. Each shared
/// framework has a manifest of its own.
/// </summary>
internal static class InstalledAssemblies
{
    private const string Manifests = "APP_CONTEXT_DEPS_FILES";
    private static readonly string[] s_prefixes = ["System.", "Microsoft.AspNetCore.", "Microsoft.Extensions."];
    private static readonly Lazy<(string Programs, string Frameworks)> s_manifests = new(Read);
    private static readonly ConcurrentDictionary<string, bool> s_known = [];
    private static readonly string s_runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());

    /// <param name="name">The simple name of an assembly.</param>
    public static bool Contain(string name) => name.Length > 0 && s_known.GetOrAdd(name, IsListed);

    /// <summary>Whether a module of that name, in that directory, belongs to the runtime.</summary>
    public static bool AreOfRuntime(string name, string directory) =>
        name.StartsWith("System.", StringComparison.Ordinal) && directory == s_runtime;

    private static bool IsListed(string name) =>
        Array.Exists(s_prefixes, p => name.StartsWith(p, StringComparison.Ordinal))
        || s_manifests.Value.Programs.Contains($"/{name}.dll\"", StringComparison.OrdinalIgnoreCase)
        || s_manifests.Value.Frameworks.Contains($"\"{name}.dll\"", StringComparison.OrdinalIgnoreCase);

    private static (string Programs, string Frameworks) Read()
    {
        string[] files = AppContext.GetData(Manifests) is string known
            ? known.Split(';', StringSplitOptions.RemoveEmptyEntries)
            : [];
        ILookup<bool, string> texts = files.ToLookup(IsOfProgram, TextOf);
        return (string.Concat(texts[true]), string.Concat(texts[false]));
    }

    private static bool IsOfProgram(string file) => file.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal);

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return "";
        }
    }
}
