using System.IO.Enumeration;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>The required report of a leak when the report is certain.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Kind">The kind of the root.</param>
/// <param name="References">The references of the path, the root first; * stands for anything.</param>
internal sealed record Expectation(LifetimeVerdict Verdict, RootKind Kind, params string[] References)
{
    private const string Own = "LifetimeMonitoring.TestHost.Chaos.Leaks.";

    public static Expectation Static(string field, params string[] references) =>
        new(LifetimeVerdict.Retained, RootKind.StaticField, [$"static field {Own}{field}", .. references]);

    public static Expectation ThreadStatic(string field, string thread) =>
        new(LifetimeVerdict.Retained, RootKind.ThreadStaticField, $"[ThreadStatic] {Own}{field} on {thread}");

    /// <summary>Whether the only path is this one.</summary>
    public bool Fits(LifetimeReport report) =>
        report.Verdict == Verdict && report.Paths is [var path] && path.Kind == Kind && path.Steps.Count == References.Length
        && path.Steps.Zip(References).All(pair => Fits(pair.First.Reference, pair.Second));

    /// <summary>
    /// Whether the only path is this one, as far as it has names: after the end of the time, fields stay as in memory.
    /// </summary>
    public bool FitsUnnamed(LifetimeReport report) =>
        report.Verdict == Verdict && report.Paths is [var path] && path.Kind == Kind && Fits(path.Root, References[0]);

    public override string ToString() => $"{Verdict}, {string.Join(" → ", References)}";

    private static bool Fits(string reference, string expected) =>
        FileSystemName.MatchesSimpleExpression(expected, reference, ignoreCase: false);
}
