using System.Globalization;

namespace LifetimeMonitoring.Tests;

/// <summary>
/// How often a test repeats the same: seldom enough for each change, or often enough for the nightly run, which sets
/// LIFETIMEMONITOR_TESTS=thorough.
/// </summary>
internal static class Thoroughness
{
    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("LIFETIMEMONITOR_TESTS") == "thorough";

    public static int Of(int usual, int thorough) => s_isThorough ? thorough : usual;

    /// <summary>The same, for the arguments of a program.</summary>
    public static string Text(int usual, int thorough) => Of(usual, thorough).ToString(CultureInfo.InvariantCulture);
}
