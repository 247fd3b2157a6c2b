using System.IO.Enumeration;

namespace LifetimeMonitor.TestHost.Chaos.Leaks;

/// <summary>What a check must say of a leak where it says that it is sure.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Kind">What the path begins at.</param>
/// <param name="References">The references of the path, the root first; * stands for anything.</param>
internal sealed record Expectation(LifetimeVerdict Verdict, RootKind Kind, params string[] References)
{
    private const string Own = "LifetimeMonitor.TestHost.Chaos.Leaks.";

    public static Expectation Static(string field, params string[] references) =>
        new(LifetimeVerdict.Retained, RootKind.StaticField, [$"static field {Own}{field}", .. references]);

    public static Expectation ThreadStatic(string field, string thread) =>
        new(LifetimeVerdict.Retained, RootKind.ThreadStaticField, $"[ThreadStatic] {Own}{field} on {thread}");

    /// <summary>The only path is this one.</summary>
    public bool Fits(LifetimeReport report) =>
        report.Verdict == Verdict && report.Paths is [var path] && path.Kind == Kind && path.Steps.Count == References.Length
        && path.Steps.Zip(References).All(pair => Fits(pair.First.Reference, pair.Second));

    /// <summary>The only path is this one as far as it was named: where the time for that ended, fields stand as they are in memory.</summary>
    public bool FitsUnnamed(LifetimeReport report) =>
        report.Verdict == Verdict && report.Paths is [var path] && path.Kind == Kind && Fits(path.Root, References[0]);

    public override string ToString() => $"{Verdict}, {string.Join(" → ", References)}";

    private static bool Fits(string reference, string expected) => FileSystemName.MatchesSimpleExpression(expected, reference, ignoreCase: false);
}
