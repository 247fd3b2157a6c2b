using System.Reflection;
using System.Text.Json;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>The name and version of a library: those of its package, as the list of this program's dependencies has them.</summary>
internal static class Library
{
    private static readonly JsonElement s_packages = JsonDocument
        .Parse(File.ReadAllText(Path.ChangeExtension(typeof(Library).Assembly.Location, ".deps.json")))
        .RootElement.GetProperty("targets").EnumerateObject().First().Value;

    public static string Of(Type type)
    {
        AssemblyName assembly = type.Assembly.GetName();
        string? package = s_packages.EnumerateObject()
            .Where(p => HasAssembly(p.Value, $"/{assembly.Name}.dll"))
            .Select(p => p.Name.Replace('/', ' '))
            .FirstOrDefault();
        return package ?? $"{(IsRuntime(assembly.Name!) ? ".NET" : assembly.Name)} {assembly.Version!.Major}";
    }

    // Without a package it comes with .NET: the installed version may be newer than that of another machine.
    private static bool IsRuntime(string assembly) =>
        assembly.StartsWith("System.", StringComparison.Ordinal) && assembly != "System.Threading.Tasks.Dataflow";

    private static bool HasAssembly(JsonElement package, string file) =>
        package.TryGetProperty("runtime", out JsonElement files)
        && files.EnumerateObject().Any(f => f.Name.EndsWith(file, StringComparison.Ordinal));
}
