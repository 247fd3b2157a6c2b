using System.Globalization;

namespace LifetimeMonitoring.Rendering;

/// <summary>The steps of a check and their times, as a sentence without its period.</summary>
internal static class CostText
{
    public static string Of(LifetimeCost cost) => cost.Snapshot == SnapshotKind.None
        ? Collections(cost)
        : $"{Collections(cost)}; snapshot ({Name(cost.Snapshot)}{Reason(cost)}) {Time(cost.SnapshotTime)}; "
            + $"{Quantity.Of(cost.ObjectsSearched, "object", "objects")} searched in {Time(cost.SearchTime)}";

    public static string Collections(LifetimeCost cost)
    {
        int count = cost.Collections.Count(c => c.Kind != CollectionStepKind.Finalizers);
        TimeSpan time = cost.Collections.Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Duration);
        return $"{Quantity.Of(count, "collection", "collections")}, {Time(time)}";
    }

    private static string Reason(LifetimeCost cost) => cost.SnapshotReason is { } reason ? $"; {reason}" : "";

    private static string Name(SnapshotKind kind) => kind switch
    {
        SnapshotKind.Clone => "clone",
        SnapshotKind.ProcessSnapshot => "PSS",
        SnapshotKind.Dump => "dump",
        _ => "none",
    };

    private static string Time(TimeSpan time) => time.TotalMilliseconds switch
    {
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms"),
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
    };
}
