using System.Reflection;

namespace LifetimeMonitoring.Tests;

/// <summary>The paths that the build recorded.</summary>
internal static class Repository
{
    public static string Root => Metadata("RepositoryRoot");

    public static string TestHost => Metadata("TestHost");

    public static string TruthTable => Metadata("TruthTable");

    public static string ApprovedTruthTable => Path.Combine(Root, "docs", "truth-table.md");

    public static string Sources => Path.Combine(Root, "src");

    private static string Metadata(string key) => Path.GetFullPath(
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!);
}
