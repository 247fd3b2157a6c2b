using System.Reflection;

namespace LifetimeMonitoring.Specimens;

/// <summary>A test program or library that has verdicts.</summary>
/// <param name="Name">Its name, which begins with that of its framework.</param>
/// <param name="Assembly">The program or library.</param>
internal sealed record Specimen(string Name, string Assembly)
{
    private static readonly string s_root = typeof(Specimen).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "Specimens").Value!;

    public static string ProjectOfRepeat => Path.Combine(s_root, "Repeat", "Repeat.csproj");

    /// <summary>The intended outcome of each of its tests.</summary>
    public IReadOnlyList<string> Verdicts => File.ReadAllLines(Path.Combine(s_root, Name, Specimens.Verdicts.FileName));

    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(
            s_root,
            Specimens.Verdicts.FileName,
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f)!))
            .Order(StringComparer.Ordinal);

    public static string Built(string name, string configuration) => Path.Combine(s_root, name, "bin", configuration, "net10.0");
}
