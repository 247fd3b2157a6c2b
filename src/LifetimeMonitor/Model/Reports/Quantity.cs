using System.Globalization;

namespace LifetimeMonitoring.Reports;

/// <summary>Numbers in reports: the same in every culture, and one is not many.</summary>
internal static class Quantity
{
    /// <summary>As in <c>1,234</c>.</summary>
    public static string Of(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>As in <c>1 thread</c> and <c>1,234 threads</c>.</summary>
    public static string Of(long count, string one, string many) => $"{Of(count)} {(count == 1 ? one : many)}";

    /// <summary>As in <c>2.5 s</c>.</summary>
    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
