using System.Globalization;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Rendering;

/// <summary>
/// The first line of a report, which is all that lists of tests and annotations of build servers show: the object, and
/// the suspect reference.
/// </summary>
internal static class Headline
{
    private const int Width = 80;
    private const string Period = ".";

    public static string Of(LifetimeReport report) => report.Verdict switch
    {
        LifetimeVerdict.StackOnly when report.Paths is [{ Kind: RootKind.Stack, Steps.Count: > 1 }, ..] =>
            $"{Name(report)} is still alive: {Only(report)}variables of running methods lead to it.",
        LifetimeVerdict.StackOnly => $"{Name(report)} is still alive: {Only(report)}a stack holds it.",
        LifetimeVerdict.FinalizerPending => $"{Name(report)} is still alive: it waits for its finalizer.",
        LifetimeVerdict.Transient => $"{Name(report)} is still alive, and nothing in the snapshot holds it.",
        LifetimeVerdict.Inconclusive => $"{Name(report)}: no verdict.",
        _ => Holder(report) is { } holder
            ? Fit($"{Name(report)} is still alive, held by ", holder, Period)
            : $"{Name(report)} is still alive.",
    };

    public static string Of(IReadOnlyList<LifetimeReport> reports)
    {
        if (reports.Count == 1) return Of(reports[0]);
        string all = string.Create(CultureInfo.InvariantCulture, $"{reports.Count:N0} objects are still alive: ");
        string others = string.Create(CultureInfo.InvariantCulture, $", and {reports.Count - 1:N0} more.");
        return Holder(reports[0]) is { } holder
            ? Fit($"{all}{Name(reports[0])}, held by ", holder, others)
            : $"{all}{Name(reports[0])}{others}";
    }

    // Others may hold it that a partial search has not found.
    private static string Only(LifetimeReport report) => report.Certainty == PathCertainty.Exact ? "only " : "";

    private static string? Holder(LifetimeReport report) =>
        report.Paths is [var path, ..] ? SuspectText.Of(path) : null;

    private static string Fit(string before, string holder, string after)
    {
        int room = Width - before.Length - after.Length;
        // The words are whole in the path below.
        return holder.Length <= room || room < 1
            ? before + holder + after
            : $"{before}{holder[..(room - 1)].TrimEnd()}…{(after == Period ? "" : after)}";
    }

    // A path has the public name of a type that only the framework can name.
    private static string Name(LifetimeReport report) => TypeNames.WithoutNamespace(
        report.Paths is [var path, ..] ? path.Steps[^1].TypeName : report.Target.TypeName);
}
