namespace LifetimeMonitoring.Specimens;

/// <summary>How the tests are compiled.</summary>
internal static class Kind
{
    public const string Debug = "Debug";
    public const string Release = "Release";

    /// <summary>Debug, with the counters of coverlet, which extend the lifetimes of locals.</summary>
    public const string Coverage = "coverage";

    public static readonly string[] All = [Debug, Release, Coverage];

    public static string Configuration(string kind) => kind == Coverage ? Debug : kind;
}
