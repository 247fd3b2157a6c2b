using System.Reflection;

namespace LifetimeMonitor.Specimens;

/// <summary>A test program or library that has verdicts.</summary>
/// <param name="Name">Its name, which begins with that of its framework.</param>
/// <param name="Assembly">What is run.</param>
internal sealed record Specimen(string Name, string Assembly)
{
    private static readonly string s_root = typeof(Specimen).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Specimens").Value!;

    public static string ProjectOfRepeat => Path.Combine(s_root, "Repeat", "Repeat.csproj");

    /// <summary>What each of its tests is meant to come to.</summary>
    public IReadOnlyList<string> Verdicts => File.ReadAllLines(Path.Combine(s_root, Name, Specimens.Verdicts.FileName));

    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(s_root, Specimens.Verdicts.FileName, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f)!))
            .Order(StringComparer.Ordinal);

    public static string Built(string name, string configuration) => Path.Combine(s_root, name, "bin", configuration, "net10.0");
}
